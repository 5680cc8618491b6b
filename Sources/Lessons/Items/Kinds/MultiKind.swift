/// Every right one of a few options in words.
///
/// A right option may name the misconception that leads to leaving it out: `- words @ok @misconception`.
struct MultiKind: KindRules {
  /// Plain mode asks for hints with `h`, so options go up to `g`.
  private static let counts = 3...7

  var showsAnswers: Bool { true }
  var allowsSeveralRight: Bool { true }

  func fault(right: Int, of count: Int) -> String? {
    guard right > 0, right < count else { return "at least one is right and at least one is wrong" }
    return Self.counts.contains(count)
      ? nil : "write \(Self.counts.lowerBound) to \(Self.counts.upperBound) answers"
  }

  // MARK: Entered

  func keys(_ entry: Entry) -> KeyContext { .multi }

  func start(_ item: Item, seed: UInt64) -> Entry { Entry(selected: 0) }

  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item) {
    switch act {
    case .move(let distance): entry.move(by: distance, of: item.options.count)
    case .choose(let index) where item.options.indices.contains(index):
      entry.selected = index
      entry.ticked.formSymmetricDifference([index])
    case .toggle:
      if let index = entry.selected { entry.ticked.formSymmetricDifference([index]) }
    default: break
    }
  }

  func draft(_ entry: Entry, _ item: Item) -> Answer? {
    entry.ticked.isEmpty ? nil : .choices(entry.ticked)
  }

  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized {
    Localized("tick an answer first", "请先勾选答案")
  }

  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item) {
    if case .choices(let ticked) = answer {
      entry.ticked = ticked.filter(item.options.indices.contains)
    }
  }

  func rightAnswer(to item: GradedItem) -> Answer? {
    .choices(Set(item.item.options.indices.filter { item.item.options[$0].isRight }))
  }

  func rows(_ session: ItemSession) -> [EntryRow] {
    session.item.options.enumerated().map { index, option in
      let isTicked = session.entry.ticked.contains(index)
      let isSelected = session.entry.selected == index && !session.isCommitted
      var mark: EntryRow.Mark = isSelected ? .pointer : .none
      if session.isCommitted, option.isRight || isTicked { mark = option.isRight ? .right : .wrong }
      return .option(
        mark, label: "\(OptionLetter.text(index)) \(isTicked ? "[x]" : "[ ]")", option.answer,
        isSelected: isSelected)
    }
  }

  // MARK: Graded

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard case .choices(let ticked) = answer,
      ticked.allSatisfy(item.item.options.indices.contains)
    else { return nil }
    let difference = TickDifference(ticked: ticked, options: item.item.options)
    let rules = difference.wrong.compactMap { item.item.options[$0].misconception }
    return Grade(
      isRight: difference.wrong.isEmpty, misconception: rules.first, answer: answer)
  }

  func confirmed(_ grade: Grade, _ item: Item) -> Prose {
    item.options.filter(\.isRight).flatMap(\.feedback)
  }

  func told(_ grade: Grade, _ item: Item, _ words: FeedbackWords) -> [Feedback.Section] {
    let right = item.options.filter(\.isRight).map(\.answer)
    let model = words.section(.model, [words.list(right)])
    guard case .choices(let ticked)? = grade.answer else { return [model] }
    let difference = TickDifference(ticked: ticked, options: item.options)
    var sections = [
      words.section(.yours, [words.list(ticked.sorted().map { item.options[$0].answer })])
    ]
    if let sentence = difference.sentence(words.language) {
      sections.append(words.section(.parting, sentence))
    }
    for index in difference.wrong {
      let option = item.options[index]
      let letter = OptionLetter.text(index)
      let title =
        ticked.contains(index)
        ? Localized("\(letter): ticked, but it does not hold", "\(letter)：勾选了，但不成立")
        : Localized("\(letter): not ticked, but it holds", "\(letter)：没有勾选，但成立")
      sections.append(
        Feedback.Section(title: title, prose: [.paragraph(option.answer)] + option.feedback))
      sections += words.rule(option.misconception)
    }
    return sections + [model]
  }

  func ballot(_ item: GradedItem, _ language: Language) -> Ballot? {
    Ballot(item.item.options, allowsSeveral: true)
  }

  // MARK: Plain text

  func listed(_ item: Item) -> [ListedLine] { ListedLine.lettered(item.options) }

  func form(_ item: Item) -> Localized {
    Localized(
      "Answer with the letters of all that hold, such as a c.",
      "请写出所有成立的选项的字母，例如 a c。")
  }

  func answer(typed text: String, to item: Item) -> Answer? {
    OptionLetter.indices(text, of: item.options.count).map { .choices(Set($0)) }
  }

  func answer(stored text: String) -> Answer? {
    Answer.indices(in: text).map { .choices(Set($0)) }
  }
}

/// Where ticks and the right options part.
struct TickDifference: Sendable, Hashable {
  /// The options that are ticked and do not hold.
  let extra: [Int]
  /// The options that hold and are not ticked.
  let missing: [Int]

  init(ticked: Set<Int>, options: [AnswerOption]) {
    extra = options.indices.filter { ticked.contains($0) && !options[$0].isRight }
    missing = options.indices.filter { !ticked.contains($0) && options[$0].isRight }
  }

  /// All of them, in the order of the list.
  var wrong: [Int] { (extra + missing).sorted() }

  /// The first place and both counts.
  func sentence(_ language: Language) -> String? {
    guard let first = wrong.first else { return nil }
    let letter = OptionLetter.text(first)
    let isExtra = extra.first == first
    switch language {
    case .en:
      return "They part first at \(letter): "
        + (isExtra ? "ticked, but it does not hold. " : "it holds, but is not ticked. ")
        + "In all \(extra.count) too many and \(missing.count) missing."
    case .zh:
      return "第一处不同在 \(letter)：" + (isExtra ? "勾选了，但不成立。" : "成立，但没有勾选。")
        + "共多选 \(extra.count) 项，漏选 \(missing.count) 项。"
    }
  }
}
