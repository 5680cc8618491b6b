/// A number that is typed.
struct NumberKind: KindRules {
  var settings: Set<String> { ["tolerance", "unit"] }

  func fault(in answer: [Inline]) -> (message: String, suggestion: String)? {
    if case .expression? = answer.first, answer.count == 1 { return nil }
    return ("an answer of kind number is one expression", "write - {= …}")
  }

  func fault(of value: Value) -> String? {
    if case .number = value { return nil }
    return "an answer of kind number is a number, not \(value.kindName)"
  }

  // MARK: Entered

  func keys(_ entry: Entry) -> KeyContext { .number }

  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item) {
    switch act {
    case .type(let character):
      if character.isNumber || "+-.,e ，．－_×%".contains(character) { entry.type(character) }
    case .deleteBackward: entry.deleteBackward()
    default: break
    }
  }

  func reopen(_ entry: inout Entry) { entry.typed = "" }

  func draft(_ entry: Entry, _ item: Item) -> Answer? {
    Answer.number(in: entry.typed, unit: item.unit) == nil ? nil : .number(entry.typed)
  }

  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized {
    entry.typed.isEmpty
      ? Localized("type a number first", "请先输入一个数")
      : Localized("this is not a number", "这不是一个数")
  }

  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item) {
    if case .number(let text) = answer { entry.typed = String(text.prefix(Entry.maximumTyped)) }
  }

  func rightAnswer(to item: GradedItem) -> Answer? {
    guard case .number(let number)? = item.expected else { return nil }
    return .number(String(number))
  }

  func rows(_ session: ItemSession) -> [EntryRow] {
    [.field(session.entry.typed, after: session.item.unit.map { " \($0)" } ?? "")]
  }

  // MARK: Graded

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard case .number(let typed) = answer,
      let number = Answer.number(in: typed, unit: item.item.unit)
    else { return nil }
    let given = Value.number(number)
    let options = item.item.options
    // The right answer first: within its tolerance nothing else counts.
    let order = options.indices.sorted { options[$0].isRight && !options[$1].isRight }
    let match = order.first { index in
      guard case .number(let value)? = item.values[index] else { return false }
      if options[index].isRight, abs(value - number) <= item.item.tolerance { return true }
      return Value.number(value).isNearly(given) || item.values[index]?.text(.en) == given.text(.en)
    }
    return item.grade(matching: match, given: given, answer)
  }

  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String? {
    item.rightOption.flatMap { GivenAway.number(options[$0], unit: item.item.unit, in: lines) }
  }

  func ballot(_ item: GradedItem, _ language: Language) -> Ballot? {
    Ballot(values: item, language)
  }

  // MARK: Plain text

  func form(_ item: Item) -> Localized {
    let unit = item.unit.map { " (\($0))" } ?? ""
    return Localized("Answer with a number\(unit).", "请用一个数作答\(unit)。")
  }

  func answer(typed text: String, to item: Item) -> Answer? {
    Answer.number(in: text, unit: item.unit) == nil ? nil : .number(text)
  }

  func answer(stored text: String) -> Answer? { .number(text) }
}
