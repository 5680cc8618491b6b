/// A chapter with its numbers and figures as its steps start them: what plain text and hand-outs are made from.
struct ChapterRun {
  /// The chapter, as its file says it.
  let chapter: Chapter
  /// Where figures are computed.
  let laboratory: Laboratory

  /// What fills in the numbers of words beside a figure, at its starting settings or others.
  func filling(
    beside figure: FigureSpec?, settings: [String: String]? = nil
  ) -> Filling<ModelFacts> {
    Filling(
      facts: laboratory.facts(of: chapter, beside: figure, settings: settings),
      language: chapter.language)
  }

  /// A figure at given settings of its knobs.
  func figure(_ spec: FigureSpec, settings: [String: String]) throws -> Figure {
    let facts = laboratory.facts(of: chapter, beside: spec, settings: settings)
    var focus = Token(row: 0, column: 0)
    if case .token(let token)? = facts.knobs["focus"] { focus = token }
    let request = FigureRequest(
      name: spec.name, knobs: settings, focus: focus, language: chapter.language)
    return try FigureCatalog.figure(request, laboratory: laboratory)
  }

  /// The first settings at which an observation comes about: nobody can turn a knob on paper.
  func settings(
    bringingAbout observation: Observation, beside figure: FigureSpec?
  ) throws -> [String: String]? {
    try figure?.settings { settings in
      let facts = laboratory.facts(of: chapter, beside: figure, settings: settings)
      return try observation.until.evaluate(in: facts) != .number(0)
    }
  }
}

extension FigureSpec {
  /// `window = 6, position = on`: the settings of the knobs, or nil if there are none.
  func turned(_ settings: [String: String]) -> String? {
    let turned = knobs.compactMap { knob in
      settings[knob.name].map { "\(knob.name) = \($0)" }
    }
    return turned.isEmpty ? nil : turned.joined(separator: ", ")
  }
}
