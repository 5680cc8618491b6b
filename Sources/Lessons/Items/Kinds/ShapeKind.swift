/// A tensor's shape that is typed: `1×64×64×256`.
///
/// In the file it is a list of sizes with `×` between them: `- {= 1} × {= grid.h} × {= grid.w} × {= dim}  @ok`.
struct ShapeKind: KindRules {
  func fault(in answer: [Inline]) -> (message: String, suggestion: String)? {
    let fault = (
      "an answer of kind shape is sizes with × between them", "write - {= grid.h} × {= grid.w}"
    )
    // True where a size may follow.
    var isOpen = true
    var isInWord = false
    for inline in answer {
      switch inline {
      case .expression:
        guard isOpen else { return fault }
        (isOpen, isInWord) = (false, false)
      case .text(let text, _):
        for character in text {
          switch character {
          case " ": isInWord = false
          case "×" where !isOpen: (isOpen, isInWord) = (true, false)
          case let digit where digit.isASCIIDigit && (isOpen || isInWord):
            (isOpen, isInWord) = (false, true)
          default: return fault
          }
        }
      case .lineBreak: return fault
      }
    }
    return isOpen ? fault : nil
  }

  func fault(of value: Value) -> String? {
    switch value {
    case .shape: nil
    case .number(let number) where Self.size(number) != nil: nil
    case .number: "a size of a shape is a whole number, not \(value.text(.en))"
    default: "a size of a shape is a number, not \(value.kindName)"
    }
  }

  func value(
    of option: AnswerOption, in environment: some Environment
  ) throws(ExpressionError) -> Value? {
    var sizes: [Int] = []
    for inline in option.answer {
      switch inline {
      case .text(let text, _):
        sizes += text.split { !$0.isASCIIDigit }.compactMap { Int($0) }
      case .expression(let expression, _):
        let value = try expression.evaluate(in: environment)
        if let fault = fault(of: value) { throw ExpressionError(column: 1, fault) }
        switch value {
        case .shape(let shape): sizes += shape
        case .number(let number): sizes.append(Self.size(number) ?? 0)
        default: break
        }
      case .lineBreak: break
      }
    }
    return .shape(sizes)
  }

  private static func size(_ number: Double) -> Int? {
    guard let size = Int(exactly: number), size >= 0, size < 1_000_000_000 else { return nil }
    return size
  }

  // MARK: Entered

  func keys(_ entry: Entry) -> KeyContext { .shape }

  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item) {
    switch act {
    case .type(let character): if ShapeText.isPart(character) { entry.type(character) }
    case .deleteBackward: entry.deleteBackward()
    default: break
    }
  }

  func reopen(_ entry: inout Entry) { entry.typed = "" }

  func draft(_ entry: Entry, _ item: Item) -> Answer? {
    ShapeText.shape(in: entry.typed) == nil ? nil : .shape(entry.typed)
  }

  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized {
    refusal(ofTyped: entry.typed, to: item) ?? ShapeText.Fault.empty.sentence
  }

  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item) {
    if case .shape(let text) = answer { entry.typed = String(text.prefix(Entry.maximumTyped)) }
  }

  func rightAnswer(to item: GradedItem) -> Answer? {
    item.expected.map { .shape($0.text(.en)) }
  }

  func rows(_ session: ItemSession) -> [EntryRow] { [.field(session.entry.typed, after: "")] }

  // MARK: Graded

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard case .shape(let typed) = answer, let sizes = ShapeText.shape(in: typed) else {
      return nil
    }
    let given = Value.shape(sizes)
    return item.grade(
      matching: item.values.firstIndex { $0 == given }, given: given, answer)
  }

  func parting(_ grade: Grade, _ language: Language) -> String? {
    guard case .shape(let given)? = grade.given, case .shape(let right)? = grade.expected else {
      return nil
    }
    return ShapeDifference(given: given, right: right).sentence(language)
  }

  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String? {
    guard case .shape(let right)? = item.expected, right.count > 1 else { return nil }
    return lines.contains { ShapeText.stands(right, in: $0) } ? Value.shape(right).text(.en) : nil
  }

  func ballot(_ item: GradedItem, _ language: Language) -> Ballot? {
    Ballot(values: item, language)
  }

  // MARK: Plain text

  func form(_ item: Item) -> Localized {
    Localized("Answer with a shape, such as 2×3×4.", "请用形状作答，例如 2×3×4。")
  }

  func answer(typed text: String, to item: Item) -> Answer? {
    ShapeText.shape(in: text) == nil ? nil : .shape(text)
  }

  func refusal(ofTyped text: String, to item: Item) -> Localized? {
    do throws(ShapeText.Fault) {
      _ = try ShapeText.sizes(in: text)
      return nil
    } catch {
      return error.sentence
    }
  }

  func answer(stored text: String) -> Answer? { .shape(text) }
}
