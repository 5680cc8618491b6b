/// What a key means, whatever key it is.
public enum Intent: Sendable, Hashable {
  case next, previous
  case up, down, left, right
  case nextPane, previousPane
  case enter, escape, toggle, fillRow
  case choose(Int)
  case type(Character)
  case deleteBackward
  case nextHint, previousHint, dontKnow
  case evidence, source, view, honesty
  case sandbox, search, list, review, reset
  case language, help, quit, suspend
}

/// What has the keys: the screen, and on a step the pane with the focus.
public enum KeyContext: String, Codable, Sendable, Hashable, CaseIterable {
  /// `answered` is a step whose question was answered otherwise than the model does, so that trying again makes sense.
  /// `holding` is an order one of whose steps is picked up. `firstPart` and `secondPart` are those of a question in two parts.
  /// `idle` is a figure whose training can be started or go on, `training` one whose training runs.
  case home, prose, answered, figure, idle, training, knobs, choice, multi, number, shape, order,
    holding, paint, firstPart, secondPart, confidence, panel, confirmation, tooSmall
}
