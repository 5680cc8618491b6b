internal import TUI

/// Writes a hand-out as one Markdown file with a drawing beside it for each figure that has one.
public struct HandoutMarkdown {
  private let handout: Handout
  private var lines = ""
  /// The drawings by file name, in the order of the text.
  private var drawings: [(name: String, text: String)] = []
  private var figures = 0

  /// Prepares to write a hand-out.
  public init(_ handout: Handout) { self.handout = handout }

  /// The name of files without its end: `windows.en`.
  private var stem: String { "\(handout.id).\(handout.language.rawValue)" }
  private var language: Language { handout.language }

  /// The text's file first, then each drawing's.
  ///
  /// - Throws: when a picture in a drawing cannot be written.
  public func files() throws -> [(name: String, text: String)] {
    var writer = self
    try writer.writeAll()
    return [("\(stem).md", writer.lines)] + writer.drawings
  }

  private mutating func writeAll() throws {
    paragraph("# " + MarkdownText.escaped(handout.title))
    paragraph(PlainWords.afterwards[language])
    for objective in handout.objectives { lines += "- \(MarkdownText.escaped(objective))\n" }
    lines += "\n"
    paragraph("*\(MarkdownText.escaped(HandoutWords.origin(handout)))*")
    for (place, section) in handout.sections.enumerated() {
      paragraph("## \(place + 1) \(MarkdownText.escaped(section.title))")
      for part in section.parts { try write(part) }
    }
    while lines.hasSuffix("\n\n") { lines.removeLast() }
  }

  private mutating func paragraph(_ text: String) {
    lines += text + (text.hasSuffix("\n") ? "\n" : "\n\n")
  }

  private mutating func write(_ prose: Prose, below level: Int) {
    guard !prose.isEmpty else { return }
    paragraph(MarkdownText.blocks(prose, below: level))
  }

  private mutating func write(_ part: Handout.Part) throws {
    switch part {
    case .prose(let prose): write(prose, below: 2)
    case .figure(let figure): try write(figure)
    case .source(let source):
      write(source.caption, below: 2)
      paragraph(MarkdownText.escaped(source.place))
      paragraph(MarkdownText.code(source.text, "swift"))
    case .observation(let observation):
      paragraph("### \(PlainWords.observe[language])")
      write(observation.prompt, below: 3)
      if let figure = observation.figure { try write(figure) }
      write(observation.explanation, below: 3)
    case .question(let question): try write(question)
    }
  }

  /// Title, drawing or table, legend, caution, caption; the text form is what a reader without pictures gets.
  private mutating func write(_ shown: Handout.ShownFigure) throws {
    let figure = shown.figure
    figures += 1
    let settings = shown.settings.map { " [\($0)]" } ?? ""
    paragraph("**\(MarkdownText.escaped(figure.title + settings))**")
    if let drawing = try FigureSVG(figure) {
      let name = "\(stem)-\(figures).svg"
      drawings.append((name, drawing.file))
      paragraph(
        "![\(MarkdownText.escaped("\(figure.title) \(figure.sentence)"))](\(name))")
    } else if case .table(let table) = figure.body {
      paragraph(MarkdownText.table(table.columns, table.rows))
    } else {
      paragraph(
        MarkdownText.code(
          FigureText.lines(figure, columns: 72, glyphs: .unicode).joined(separator: "\n")))
    }
    paragraph(MarkdownText.escaped(figure.sentence))
    for entry in figure.legend {
      lines +=
        "- `\(entry.mark.replacing("`", with: "'"))` \(MarkdownText.escaped(entry.meaning))\n"
    }
    if !figure.legend.isEmpty { lines += "\n" }
    if let caution = figure.caution { paragraph(MarkdownText.escaped(caution)) }
    write(shown.caption, below: 3)
  }

  private mutating func write(_ question: Handout.ShownQuestion) throws {
    let kind = question.isPrediction ? PlainWords.predict : PlainWords.question
    paragraph("### \(kind[language])")
    write(question.prompt, below: 3)
    if let figure = question.figure { try write(figure) }
    for option in question.options {
      let mark = option.mark.isEmpty ? "" : "- \(MarkdownText.escaped(option.mark)) "
      lines += "\(mark)\(MarkdownText.line(option.words))\n"
      if option.mark.isEmpty { lines += "\n" }
    }
    if !question.options.isEmpty { lines += "\n" }
    paragraph(MarkdownText.escaped(question.form))
    for (place, hint) in question.hints.enumerated() {
      paragraph("#### \(HandoutWords.hint[language]) \(place + 1)")
      write(hint, below: 4)
    }
    guard let key = question.key else { return }
    paragraph("#### \(HandoutWords.answer[language])")
    if let reveal = key.reveal { try write(reveal) }
    for section in key.right { write(section) }
    guard !key.wrong.isEmpty else { return }
    paragraph("#### \(HandoutWords.foreseen[language])")
    for wrong in key.wrong {
      paragraph(MarkdownText.line(wrong.answer))
      for section in wrong.against { write(section) }
    }
  }

  private mutating func write(_ section: Feedback.Section) {
    let title = section.title[language]
    if !title.isEmpty {
      paragraph("**\(MarkdownText.escaped(title))\(language == .en ? ":" : "：")**")
    }
    write(section.prose, below: 4)
  }
}
