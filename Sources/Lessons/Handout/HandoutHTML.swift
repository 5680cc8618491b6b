internal import ViTDetMini

/// Writes a hand-out as one HTML file that needs nothing else: no scripts, no fonts, no network.
///
/// It is well-formed as XML too, so that tools other than browsers can read it.
public struct HandoutHTML {
  let handout: Handout
  /// The number of figures so far.
  private var figures = 0

  /// Prepares to write a hand-out.
  public init(_ handout: Handout) { self.handout = handout }

  var language: Language { handout.language }

  /// The page.
  ///
  /// - Throws: when a picture in it cannot be written.
  public func page() throws -> String {
    var writer = self
    var page = Markup()
    page.raw("<!DOCTYPE html>\n")
    try page.element("html", ["lang": language == .en ? "en" : "zh-Hans"]) { page in
      page.line()
      page.element("head") { writer.writeHead(into: &$0) }
      page.line()
      try page.element("body") { try writer.writeBody(into: &$0) }
    }
    return page.text + "\n"
  }

  private func writeHead(into page: inout Markup) {
    page.line()
    page.empty("meta", ["charset": "utf-8"])
    page.line()
    page.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    page.line()
    // Even if something of a chapter could become markup, it would run nothing and fetch nothing.
    page.empty(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      ])
    page.line()
    page.element("title", text: "\(handout.title) · vitdet")
    page.line()
    page.element("style") { $0.raw("\n\(HandoutStyle.sheet)\n") }
    page.line()
  }

  private mutating func writeBody(into page: inout Markup) throws {
    page.line()
    page.element("a", ["class": "skip", "href": "#text"], text: HandoutWords.skip[language])
    page.line()
    page.element("header") { writeHeader(into: &$0) }
    page.line()
    page.element("nav", ["aria-label": HandoutWords.steps[language]]) {
      writeContents(into: &$0)
    }
    page.line()
    try page.element("main", ["id": "text"]) { page in
      for (index, section) in handout.sections.enumerated() {
        page.line()
        try page.element("section", ["aria-labelledby": "step-\(section.id)"]) { page in
          page.element(
            "h2", ["id": "step-\(section.id)"], text: "\(index + 1)  \(section.title)")
          for part in section.parts {
            page.line()
            try write(part, into: &page)
          }
        }
      }
    }
    page.line()
    page.element("footer") { page in
      page.element("p", text: "vitdet \(ViTDetMini.version)")
    }
    page.line()
  }

  private func writeHeader(into page: inout Markup) {
    let over = "\(Phrases.courseTitle[language]) · "
    page.element(
      "p", ["class": "over"], text: over + HandoutWords.chapter(handout.number, language))
    page.element("h1", text: handout.title)
    page.element("p", text: PlainWords.afterwards[language])
    page.element("ul") { page in
      for objective in handout.objectives { page.element("li", text: objective) }
    }
    page.element("p", ["class": "origin"], text: HandoutWords.origin(handout))
  }

  private func writeContents(into page: inout Markup) {
    page.element("ol") { page in
      for section in handout.sections {
        page.element("li") { page in
          page.element("a", ["href": "#step-\(section.id)"], text: section.title)
        }
      }
    }
  }

  // MARK: Parts

  private mutating func write(_ part: Handout.Part, into page: inout Markup) throws {
    switch part {
    case .prose(let prose): page.prose(prose, below: 2)
    case .figure(let figure): try write(figure, into: &page)
    case .source(let source):
      page.prose(source.caption, below: 2)
      page.element("p", ["class": "settings"], text: source.place)
      // A long line is reached with the arrow keys.
      page.element("pre", ["tabindex": "0"]) { $0.element("code", text: source.text) }
    case .observation(let observation): try write(observation, into: &page)
    case .question(let question): try write(question, into: &page)
    }
  }

  /// A figure with its words, its legend and its text form.
  mutating func write(_ shown: Handout.ShownFigure, into page: inout Markup) throws {
    figures += 1
    let writer = FigureHTML(shown, number: figures, language: language)
    try writer.write(into: &page)
  }

  private mutating func write(
    _ observation: Handout.ShownObservation, into page: inout Markup
  ) throws {
    try page.element("div", ["class": "box observe"]) { page in
      page.element("h3", ["class": "kind"], text: PlainWords.observe[language])
      page.prose(observation.prompt, below: 3)
      try page.element("details", ["class": "open"]) { page in
        page.element("summary", text: HandoutWords.seen[language])
        if let figure = observation.figure { try write(figure, into: &page) }
        page.prose(observation.explanation, below: 3)
      }
    }
  }
}
