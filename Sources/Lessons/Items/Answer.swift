/// What a learner answers to an item.
public enum Answer: Sendable, Hashable {
  /// The index of the chosen option, counted from 0.
  case choice(Int)
  /// The indices of the ticked options.
  case choices(Set<Int>)
  /// A number as it was typed.
  case number(String)
  /// A tensor's shape as it was typed.
  case shape(String)
  /// The steps from first to last, by their places in the right order, counted from 0.
  case order([Int])
  /// The painted cells.
  case cells(Set<Token>)
  /// «I don't know», which is always allowed.
  case dontKnow

  /// The number that a learner typed, or nil if it is none.
  ///
  /// Thousands may be set apart by commas or blanks, digits may be full-width, as a Chinese keyboard gives them,
  /// and the unit may follow: `16,777,216`, `16 777 216`, `１９６`, `0.5`, `17.5×`, `36 tokens`.
  public static func number(in typed: String, unit: String? = nil) -> Double? {
    var text = ""
    for scalar in typed.unicodeScalars {
      switch scalar.value {
      // Full-width forms lie at a fixed distance from the ASCII characters they stand for.
      case 0xFF01...0xFF5E: text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x2212, 0x2013: text.append("-")
      case 0x00A0, 0x2009, 0x202F, 0x3000: text.append(" ")
      default: text.unicodeScalars.append(scalar)
      }
    }
    var number = Substring(Substring(text).trimmed)
    for ending in [unit, "×", "x", "%"].compactMap({ $0 }) where number.hasSuffix(ending) {
      number = number.dropLast(ending.count).withoutEndBlanks
      break
    }
    guard let last = number.last, last.isASCIIDigit, number.count <= 40 else { return nil }
    for separator in [",", " ", "_", "'"] where number.contains(separator) {
      guard let joined = joinedThousands(number, separator: separator) else { return nil }
      number = Substring(joined)
    }
    let isPlain = number.allSatisfy { $0.isASCIIDigit || "+-.e".contains($0) }
    guard isPlain, let value = Double(number), value.isFinite else { return nil }
    return value
  }

  /// `16,777,216` without its separators; nil where the groups are not of three digits, as in `3,5`.
  private static func joinedThousands(_ number: Substring, separator: String) -> String? {
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2,
      !parts.dropFirst().contains(where: { $0.contains(separator) })
    else { return nil }
    let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...4).contains(first.count), first != "-",
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.joined() + (parts.count == 2 ? ".\(parts[1])" : "")
  }
}

/// How sure a learner is of an answer, asked for before the commit.
public enum Confidence: String, Codable, Sendable, Hashable, CaseIterable {
  case guess, fairly, certain

  /// The word on the screen.
  public var label: Localized {
    switch self {
    case .guess: Localized("guess", "猜的")
    case .fairly: Localized("fairly sure", "比较确定")
    case .certain: Localized("certain", "确定")
    }
  }
}

extension Answer {
  /// The answer in a word or two, for the progress file: `2`, `0 2`, `36`, `1×16×16`, `0,6-5,11`, `dont-know`.
  public var text: String {
    switch self {
    case .choice(let index): String(index)
    case .choices(let indices): indices.sorted().map(String.init).joined(separator: " ")
    case .number(let typed), .shape(let typed): typed
    case .order(let steps): steps.map(String.init).joined(separator: " ")
    case .cells(let cells): CellsText.text(cells)
    case .dontKnow: Self.unknown
    }
  }

  private static let unknown = "dont-know"

  /// The answer that a progress file keeps of a question of a kind, or nil if the text is none.
  public init?(stored text: String, kind: Item.Kind) {
    if text == Self.unknown {
      self = .dontKnow
    } else if let answer = kind.rules.answer(stored: text) {
      self = answer
    } else {
      return nil
    }
  }

  /// The different numbers of `2 0 1`, in their order; nil for anything else.
  static func indices(in text: String) -> [Int]? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, numbers.allSatisfy({ $0 >= 0 }),
      Set(numbers).count == numbers.count
    else { return nil }
    return numbers
  }
}
