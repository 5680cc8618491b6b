/// What a running presentation can be told from outside, by `vitdet ctl`.
public enum ControlCommand: Sendable, Hashable {
  /// Show the next part, or the next step.
  case next
  /// Go back.
  case back
  /// Go to a step, by identifier or number.
  case goto(String)
  /// Show all of the step.
  case all
  /// Show nothing, or show it again.
  case blank
  /// Give the figure the screen, or the text its place back.
  case big
  /// Ask the room the step's question.
  case ask
  /// The hands for each option of the open vote, in their order.
  case hands([Int])
  /// Swap the language.
  case language
  /// End the presentation.
  case quit

  /// The words for them, as help lists them.
  public static let words = [
    "next", "back", "goto ID", "all", "blank", "big", "ask", "hands N N …", "language", "quit",
  ]

  /// Reads a command's words.
  ///
  /// - Throws: `ClassroomError` for words that are no command.
  public init(_ words: [String]) throws(ClassroomError) {
    switch (words.first, words.count) {
    case ("next", 1): self = .next
    case ("back", 1): self = .back
    case ("all", 1): self = .all
    case ("blank", 1): self = .blank
    case ("big", 1): self = .big
    case ("ask", 1): self = .ask
    case ("hands", 2...):
      let counts = words.dropFirst().compactMap { Int($0) }
      guard counts.count == words.count - 1,
        counts.allSatisfy((0...RoomVote.mostHands).contains)
      else {
        throw ClassroomError(
          "hands are numbers from 0 to \(RoomVote.mostHands), one for each option, such as hands 12 5 0"
        )
      }
      self = .hands(counts)
    case ("language", 1): self = .language
    case ("quit", 1): self = .quit
    case ("goto", 2): self = .goto(words[1])
    default:
      let known = Self.words.joined(separator: ", ")
      throw ClassroomError(
        "there is no command “\(words.joined(separator: " "))”; there are \(known)")
    }
  }
}

/// Why presenter, follower or remote could not do what was asked, in one sentence.
public struct ClassroomError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
