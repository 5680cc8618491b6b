extension Laboratory {
  /// What a step's expressions read while a figure stands beside them: the chapter's preset under the figure's knobs,
  /// and the token in focus.
  func facts(
    of chapter: Chapter, beside figure: FigureSpec?, settings: [String: String]? = nil
  ) -> ModelFacts {
    var knobs = (settings ?? figure?.startSettings ?? [:]).mapValues(knobValue)
    let model = ModelFacts.presets[chapter.model] ?? configuration
    let plain = ModelFacts(configuration: model, knobs: knobs, laboratory: self)
    knobs["focus"] =
      figure?.focus.flatMap { try? $0.evaluate(in: plain) } ?? .token(Token(row: 0, column: 0))
    return ModelFacts(configuration: model, knobs: knobs, laboratory: self)
  }
}

extension FigureSpec {
  /// More combinations of knobs than this are not tried.
  static let maximumCombinations = 256

  /// Every combination of the knobs' settings, the starting one first.
  var everySetting: [[String: String]] {
    var all: [[String: String]] = [[:]]
    for knob in knobs where all.count * knob.settings.count <= Self.maximumCombinations {
      all = all.flatMap { settings in
        knob.settings.map { settings.merging([knob.name: $0]) { $1 } }
      }
    }
    let start = startSettings
    return [start] + all.map { $0.merging(start) { chosen, _ in chosen } }.filter { $0 != start }
  }

  /// The first combination of settings for which something is so.
  func settings(where isWanted: ([String: String]) throws -> Bool) rethrows -> [String: String]? {
    try everySetting.first(where: isWanted)
  }
}
