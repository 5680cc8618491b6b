/// What is entered at a question so far; each kind uses the parts that it needs.
public struct Entry: Codable, Sendable, Hashable {
  /// The chosen option, or the row under the cursor.
  var selected: Int?
  /// What was typed.
  var typed = ""
  /// The painted cells.
  var painted: Set<Token> = []
  /// The ticked options.
  var ticked: Set<Int> = []
  /// The steps from first to last, by their places in the right order.
  var order: [Int] = []
  /// What was chosen in the first of two parts; nil until then.
  var chosen: Int?
  /// Where the step that is being moved was picked up; nil while none is.
  var pickedUp: Int?

  /// What was typed has at most this many characters.
  static let maximumTyped = 32

  /// Moves the cursor by some rows, stopping at the ends; the first move goes to an end.
  mutating func move(by distance: Int, of count: Int) {
    guard count > 0 else { return }
    selected =
      selected.map { min(max($0 + distance, 0), count - 1) } ?? (distance < 0 ? count - 1 : 0)
  }

  /// Adds a character to what was typed.
  mutating func type(_ character: Character) {
    if typed.count < Self.maximumTyped { typed.append(character) }
  }

  /// Takes the last typed character back.
  mutating func deleteBackward() {
    if !typed.isEmpty { typed.removeLast() }
  }
}

/// What a key can ask for while an answer is entered.
enum EntryAct: Sendable, Hashable {
  /// Go some rows down.
  case move(Int)
  /// Take the option, or go to the row, of this number, counted from 0.
  case choose(Int)
  /// Act on the row under the cursor.
  case toggle
  /// Undo what `toggle` began, or go back to the first part.
  case putBack
  case type(Character)
  case deleteBackward
  /// Paint cells, or take their paint away.
  case paint(Set<Token>, Bool)
}

/// A row below a question's prompt.
enum EntryRow: Sendable, Hashable {
  /// The mark before an option.
  enum Mark: Sendable, Hashable {
    case none, pointer, held, right, wrong
  }

  /// An option or a step, behind a label such as `a` or `2`; selected where the keys act.
  case option(Mark, label: String, [Inline], isSelected: Bool)
  /// Words that are no option.
  case words([Inline])
  /// What is typed, and the words after it.
  case field(String, after: String)
}
