internal import ViTDetMini

/// Words that several figures about windows share.
extension Experiment {
  /// What a slot of the padded grid is, and what a query there sees.
  static func windowReadOut(
    _ slot: Token, _ cut: WindowGeometry, _ input: ExperimentInput
  ) -> String {
    let letter = WindowLetters.letter(cut.windowIndex(of: slot))
    let place = "(\(slot.row),\(slot.column))"
    guard cut.isReal(slot) else {
      return input.say("\(place) padding, window \(letter)", "\(place) 填充，窗口 \(letter)")
    }
    let tokens = cut.tokens(sharedWith: slot).count
    let padding = cut.slotsPerWindow - tokens
    return input.say(
      "\(place) \(letter): \(tokens) tokens, \(padding) padding",
      "\(place) \(letter)：\(tokens) 个 token，\(padding) 个填充")
  }

  /// The legend of the query's mark.
  static func queryText(_ query: Token, _ input: ExperimentInput) -> String {
    input.say("query (\(query.row),\(query.column))", "查询 (\(query.row),\(query.column))")
  }
}

extension ViTConfiguration {
  /// The same model cut with another window.
  func with(window: Int) -> ViTConfiguration {
    var changed = self
    changed.windowSize = window
    return changed
  }
}
