/// One of a few options in words.
struct ChoiceKind: KindRules {
  var showsAnswers: Bool { true }

  func keys(_ entry: Entry) -> KeyContext { .choice }

  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item) {
    switch act {
    case .move(let distance): entry.move(by: distance, of: item.options.count)
    case .choose(let index) where item.options.indices.contains(index): entry.selected = index
    case .toggle: entry.selected = entry.selected ?? 0
    default: break
    }
  }

  func reopen(_ entry: inout Entry) { entry.selected = nil }

  func draft(_ entry: Entry, _ item: Item) -> Answer? { entry.selected.map(Answer.choice) }

  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized {
    Localized("choose an answer first", "请先选一个答案")
  }

  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item) {
    if case .choice(let index) = answer { take(.choose(index), &entry, item) }
  }

  func rightAnswer(to item: GradedItem) -> Answer? { item.rightOption.map(Answer.choice) }

  func rows(_ session: ItemSession) -> [EntryRow] {
    session.item.options.enumerated().map { index, option in
      let isSelected = session.entry.selected == index
      let isShownRight = session.isCommitted && option.isRight
      return .option(
        isShownRight ? .right : isSelected ? .pointer : .none, label: OptionLetter.text(index),
        option.answer, isSelected: isSelected && !session.isCommitted)
    }
  }

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard case .choice(let index) = answer, item.item.options.indices.contains(index) else {
      return nil
    }
    return item.grade(matching: index, given: item.values[index], answer)
  }

  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String? {
    item.rightOption.flatMap { GivenAway.number(options[$0], unit: item.item.unit, in: lines) }
  }

  func ballot(_ item: GradedItem, _ language: Language) -> Ballot? { Ballot(item.item.options) }

  func listed(_ item: Item) -> [ListedLine] { ListedLine.lettered(item.options) }

  func form(_ item: Item) -> Localized {
    Localized("Answer with a letter.", "请用字母作答。")
  }

  func answer(typed text: String, to item: Item) -> Answer? {
    OptionLetter.index(text, of: item.options.count).map(Answer.choice)
  }

  func answer(stored text: String) -> Answer? {
    Int(text).flatMap { $0 >= 0 ? .choice($0) : nil }
  }
}
