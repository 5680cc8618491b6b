/// A question in two parts: once the first is chosen, the second is asked.
///
/// Enter in the first part chooses, in the second it commits; Escape goes back to the first.
protocol TwoPartRules: KindRules {
  /// What can be chosen first.
  func firsts(_ item: Item) -> [Int]
  /// The options that can then be chosen.
  func seconds(after first: Int, _ item: Item) -> [Int]
  /// The answer that a choice in each part makes.
  func answer(_ first: Int, _ second: Int) -> Answer
  /// The choices that an answer was made of; nil for one of another kind, or one that the item does not have.
  func parts(of answer: Answer, _ item: Item) -> (first: Int, second: Int)?
  /// What is to be done first, and what then.
  var asks: (first: Localized, second: Localized) { get }
}

extension TwoPartRules {
  var showsAnswers: Bool { true }

  func value(
    of option: AnswerOption, in environment: some Environment
  ) throws(ExpressionError) -> Value? { nil }

  // MARK: Entered

  func keys(_ entry: Entry) -> KeyContext { entry.chosen == nil ? .firstPart : .secondPart }

  /// What the cursor moves over now.
  private func places(_ entry: Entry, _ item: Item) -> [Int] {
    entry.chosen.map { seconds(after: $0, item) } ?? firsts(item)
  }

  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item) {
    let places = places(entry, item)
    switch act {
    case .move(let distance): entry.move(by: distance, of: places.count)
    case .choose(let index):
      // In the first part a number is the one that stands before a line.
      let wanted = entry.chosen == nil ? places.firstIndex(of: index) : index
      if let wanted, places.indices.contains(wanted) { entry.selected = wanted }
    case .toggle:
      guard let selected = entry.selected else {
        entry.selected = 0
        return
      }
      guard entry.chosen == nil, places.indices.contains(selected) else { return }
      entry.chosen = places[selected]
      entry.selected = nil
    case .putBack:
      guard let chosen = entry.chosen else { return }
      entry.chosen = nil
      entry.selected = firsts(item).firstIndex(of: chosen)
    default: break
    }
  }

  func reopen(_ entry: inout Entry) {
    entry.chosen = nil
    entry.selected = nil
  }

  func draft(_ entry: Entry, _ item: Item) -> Answer? {
    guard let first = entry.chosen, let selected = entry.selected else { return nil }
    let places = seconds(after: first, item)
    return places.indices.contains(selected) ? answer(first, places[selected]) : nil
  }

  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized {
    entry.chosen == nil ? asks.first : asks.second
  }

  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item) {
    guard let (first, second) = parts(of: answer, item) else { return }
    entry.chosen = first
    entry.selected = seconds(after: first, item).firstIndex(of: second)
  }

  // MARK: Plain text

  /// The answer in the two words of a line, `2 a` or `2a`.
  func answer(typed text: String, to item: Item) -> Answer? {
    let words = text.split { " ,，、".contains($0) }
    let names = words.count == 1 ? words[0].map { String($0) } : words.map(String.init)
    guard names.count == 2,
      let first = OptionLetter.index(names[0], of: (firsts(item).max() ?? -1) + 1),
      firsts(item).contains(first)
    else { return nil }
    let places = seconds(after: first, item)
    return OptionLetter.index(names[1], of: places.count).map { answer(first, places[$0]) }
  }
}
