internal import ViTDetMini

/// Steps to be brought into their order.
///
/// In the file they are a numbered list in the right order; a bullet list below it says which wrong orders come from
/// which misconception: `- 2 → 1  @name` for whoever puts the second step before the first.
struct OrderKind: KindRules {
  private static let form = TwoListForm(
    shape: "an order is a prompt, a numbered list and a list of wrong orders",
    example: "write the steps as 1. 2. 3., then lines such as - 2 → 1  @misconception",
    name: "an order", rows: "steps", counts: 3...8)

  var showsAnswers: Bool { true }

  // MARK: Written

  func answers(
    in nodes: [MarkdownNode], of directive: Directive, id: String, _ parser: inout ProseParser
  ) -> WrittenAnswers? {
    guard let parts = Self.form.parts(of: nodes, directive, &parser) else { return nil }
    let (steps, wrong) = (parts.numbered, parts.bulleted)
    let options = steps.children.compactMap { Self.step($0, &parser) }
    let orders = wrong.children.compactMap {
      Self.wrongOrder($0, of: steps.children.count, &parser)
    }
    return WrittenAnswers(prompt: parts.prompt, options: options, wrongOrders: orders)
  }

  /// `1. words`, and below it, set apart by an empty line, why the step stands there.
  private static func step(_ node: MarkdownNode, _ parser: inout ProseParser) -> AnswerOption? {
    guard let first = node.children.first, first.kind == .paragraph else {
      parser.report(node.line, 4, "a step begins with its words", "write 1. words")
      return nil
    }
    let known = parser.errors.count
    let pieces = parser.pieces(first.children, [], at: first)
    guard parser.errors.count == known else { return nil }
    if let tag = parser.tag(in: pieces)?.tag {
      parser.report(
        node.line, 4, "a step of an order has no tag",
        "remove @\(tag); the list below names the wrong orders")
      return nil
    }
    return AnswerOption(
      answer: InlineJoiner.joined(pieces), isRight: true, misconception: nil,
      feedback: parser.prose(Array(node.children.dropFirst())), line: node.line)
  }

  /// `- 2 → 1  @misconception`, then the feedback, indented.
  private static func wrongOrder(
    _ node: MarkdownNode, of count: Int, _ parser: inout ProseParser
  ) -> WrongOrder? {
    guard let entry = parser.taggedEntry(node) else { return nil }
    func refuse(_ message: String, _ suggestion: String) -> WrongOrder? {
      parser.report(node.line, 3, message, suggestion)
      return nil
    }
    guard case .text(let text, [])? = entry.inlines.first, entry.inlines.count == 1 else {
      return refuse(
        "a wrong order is numbers of steps with → between them", "write - 2 → 1  @\(entry.tag)")
    }
    let numbers = text.split(separator: "→", omittingEmptySubsequences: false).map {
      Int($0.trimmed)
    }
    let steps = numbers.compactMap { $0.map { $0 - 1 } }
    guard steps.count == numbers.count, steps.count > 1, Set(steps).count == steps.count,
      steps.allSatisfy((0..<count).contains)
    else {
      return refuse(
        "'\(text)' is no order of the steps 1 to \(count)", "write - 2 → 1  @\(entry.tag)")
    }
    if steps == steps.sorted() {
      return refuse("'\(text)' is the right order", "name steps that stand the wrong way round")
    }
    if entry.tag == "ok" {
      return refuse("a wrong order is not @ok", "name the misconception that leads to it")
    }
    return WrongOrder(
      steps: steps, misconception: entry.tag, feedback: entry.feedback, line: node.line)
  }

  // MARK: Entered

  /// The steps as they are first shown: mixed, never in the right order, the same in both languages and everywhere.
  static func shuffled(_ item: Item, seed: UInt64 = 0) -> [Int] {
    var order = Array(item.options.indices)
    var dice = RandomNumbers(seed: seed, for: item.id)
    order.shuffle(using: &dice)
    // Turned by one, an order of two or more is another one.
    if order == order.sorted(), let first = order.first { order = order.dropFirst() + [first] }
    return order
  }

  func keys(_ entry: Entry) -> KeyContext { entry.pickedUp == nil ? .order : .holding }

  func start(_ item: Item, seed: UInt64) -> Entry {
    Entry(selected: 0, order: Self.shuffled(item, seed: seed))
  }

  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item) {
    switch act {
    case .move(let distance): go(to: (entry.selected ?? 0) + distance, &entry)
    case .choose(let place) where entry.order.indices.contains(place): go(to: place, &entry)
    case .toggle: entry.pickedUp = entry.pickedUp == nil ? entry.selected : nil
    case .putBack:
      if let place = entry.pickedUp { go(to: place, &entry) }
      entry.pickedUp = nil
    default: break
    }
  }

  /// Goes to a place, and takes the step along that is picked up.
  private func go(to place: Int, _ entry: inout Entry) {
    guard let now = entry.selected, entry.order.indices.contains(now) else { return }
    let place = min(max(place, 0), entry.order.count - 1)
    if entry.pickedUp != nil { entry.order.insert(entry.order.remove(at: now), at: place) }
    entry.selected = place
  }

  func draft(_ entry: Entry, _ item: Item) -> Answer? {
    entry.order.count == item.options.count ? .order(entry.order) : nil
  }

  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized {
    Localized("bring the steps into order first", "请先排好顺序")
  }

  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item) {
    guard case .order(let order) = answer, order.sorted() == Array(item.options.indices) else {
      return
    }
    entry.order = order
    entry.pickedUp = nil
  }

  func rightAnswer(to item: GradedItem) -> Answer? { .order(Array(item.item.options.indices)) }

  func rows(_ session: ItemSession) -> [EntryRow] {
    let entry = session.entry
    let parting = Self.parting(entry.order)
    return entry.order.enumerated().map { place, step in
      let isSelected = entry.selected == place && !session.isCommitted
      var mark: EntryRow.Mark = .none
      if isSelected { mark = entry.pickedUp == nil ? .pointer : .held }
      if session.isCommitted {
        // Behind the first wrong place nothing is said: one step moved shifts all that follow.
        mark = place < parting ?? entry.order.count ? .right : place == parting ? .wrong : .none
      }
      return .option(
        mark, label: "\(place + 1)", session.item.options[step].answer, isSelected: isSelected)
    }
  }

  // MARK: Graded

  /// The first place at which an order parts from the right one.
  static func parting(_ order: [Int]) -> Int? { order.indices.first { order[$0] != $0 } }

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard case .order(let order) = answer, order.sorted() == Array(item.item.options.indices)
    else { return nil }
    let rule = item.item.wrongOrders.first { $0.isFollowed(by: order) }
    return Grade(
      isRight: Self.parting(order) == nil, misconception: rule?.misconception, answer: answer)
  }

  func confirmed(_ grade: Grade, _ item: Item) -> Prose { [] }

  func told(_ grade: Grade, _ item: Item, _ words: FeedbackWords) -> [Feedback.Section] {
    let right = words.section(.model, [words.list(item.options.map(\.answer), isOrdered: true)])
    guard case .order(let order)? = grade.answer, let place = Self.parting(order) else {
      return [right]
    }
    let rule = item.wrongOrders.first { $0.isFollowed(by: order) }
    var yours: Prose = [words.list(order.map { item.options[$0].answer }, isOrdered: true)]
    yours += rule?.feedback ?? []
    let sentence: [Inline] =
      switch words.language {
      case .en:
        [.text("They part first at place \(place + 1): you have «", [])]
          + item.options[order[place]].answer + [.text("», the model has «", [])]
          + item.options[place].answer + [.text("».", [])]
      case .zh:
        [.text("第一处不同在第 \(place + 1) 位：你排的是「", [])]
          + item.options[order[place]].answer + [.text("」，模型是「", [])]
          + item.options[place].answer + [.text("」。", [])]
      }
    return [words.section(.yours, yours)] + words.rule(rule?.misconception)
      + [
        words.section(.parting, [.paragraph(sentence)] + item.options[place].feedback), right,
      ]
  }

  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String? {
    let text = lines.joined(separator: "\n").lowercased()
    var rest = text[...]
    for option in options {
      guard let found = rest.firstRange(of: option.lowercased()) else { return nil }
      rest = rest[found.upperBound...]
    }
    return options.joined(separator: " → ")
  }

  var whyNoBallot: Localized {
    Localized(
      "An order is no show of hands: ask which step comes first, or let somebody move the steps on the slide.",
      "排序题不适合举手：可以问哪一步在最前面，或者请一位同学在画面上移动各步。")
  }

  // MARK: Plain text

  func listed(_ item: Item) -> [ListedLine] {
    ListedLine.lettered(Self.shuffled(item).map { item.options[$0] })
  }

  func form(_ item: Item) -> Localized {
    Localized(
      "Answer with all the letters in the right order, such as b a c.",
      "请按正确的顺序写出全部字母，例如 b a c。")
  }

  func answer(typed text: String, to item: Item) -> Answer? {
    let shown = Self.shuffled(item)
    guard let places = OptionLetter.indices(text, of: shown.count), places.count == shown.count
    else { return nil }
    return .order(places.map { shown[$0] })
  }

  func answer(stored text: String) -> Answer? { Answer.indices(in: text).map(Answer.order) }
}
