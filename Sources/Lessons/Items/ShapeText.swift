/// A tensor's shape as somebody types it: `1×64×64×256`, `1 x 64 x 64`, `1*64*64`, `(1, 64, 64, 256)`, `1 64 64`.
enum ShapeText {
  /// Why a text is no shape.
  enum Fault: Error, Sendable, Hashable {
    case empty, gap, mixed, tooMany
    case character(Character)
    case leadingZero(String)
    case tooLarge(String)

    /// The reason, in a few words.
    var sentence: Localized {
      switch self {
      case .empty: Localized("type a shape first", "请先输入一个形状")
      case .gap: Localized("a size is missing beside a separator", "分隔符旁边缺少一个数")
      case .mixed: Localized("separate all sizes in the same way", "请统一用一种分隔符")
      case .tooMany: Localized("a shape has at most 8 axes here", "这里的形状最多有 8 个轴")
      case .character(let character):
        Localized("\(character) is no part of a shape", "形状里不能有 \(character)")
      case .leadingZero(let size):
        Localized("\(size): a size begins with no 0", "\(size)：数不能以 0 开头")
      case .tooLarge(let size): Localized("\(size) is too large for a size", "\(size) 太大了")
      }
    }
  }

  static let maximumAxes = 8
  static let maximumDigits = 9

  /// True for what can stand in a shape.
  static func isPart(_ character: Character) -> Bool {
    let plain = plain(String(character))
    return plain.allSatisfy { $0.isASCIIDigit || separators.contains($0) || " ()[]".contains($0) }
  }

  private static let separators: Set<Character> = ["×", "x", "X", "*", ","]

  /// The sizes, from the outermost axis to the innermost.
  ///
  /// One kind of separator throughout: with blanks or commas beside `×`, `1,024×64` could be meant either way.
  static func sizes(in typed: String) throws(Fault) -> [Int] {
    var text = Substring(Substring(plain(typed)).trimmed)
    while let first = text.first, let last = text.last, text.count > 1,
      first == "(" && last == ")" || first == "[" && last == "]"
    {
      text = Substring(text.dropFirst().dropLast().trimmed)
    }
    if text.isEmpty { throw .empty }
    var words: [String] = []
    var used: Set<Character> = []
    // Before the first size nothing may stand; a separator asks for a size after it.
    var isOpen = true
    var isApart = false
    for character in text {
      if character.isASCIIDigit {
        if isOpen || isApart || words.isEmpty {
          if isApart, !isOpen { used.insert(" ") }
          words.append("")
        }
        words[words.count - 1].append(character)
        (isOpen, isApart) = (false, false)
      } else if character == " " {
        isApart = true
      } else if separators.contains(character) {
        if isOpen { throw .gap }
        used.insert(character == "," ? "," : "×")
        isOpen = true
      } else {
        throw .character(character)
      }
    }
    if isOpen { throw .gap }
    if used.count > 1 { throw .mixed }
    if words.count > maximumAxes { throw .tooMany }
    var sizes: [Int] = []
    for word in words {
      if word.count > 1, word.hasPrefix("0") { throw .leadingZero(word) }
      guard word.count <= maximumDigits, let size = Int(word) else { throw .tooLarge(word) }
      sizes.append(size)
    }
    return sizes
  }

  /// The sizes, or nil if the text is no shape.
  static func shape(in typed: String) -> [Int]? { try? sizes(in: typed) }

  /// True if the sizes stand in a line of prose one after the other, as a shape of its own.
  static func stands(_ shape: [Int], in line: String) -> Bool {
    // The numbers of the line, and what stands before, between and after them.
    var numbers: [Int?] = []
    var gaps = [""]
    var isInNumber = false
    for character in plain(line) {
      if character.isASCIIDigit {
        if !isInNumber { numbers.append(0) }
        let digit = Int(String(character)) ?? 0
        numbers[numbers.count - 1] = numbers[numbers.count - 1].flatMap {
          $0 < 100_000_000 ? $0 * 10 + digit : nil
        }
      } else {
        if isInNumber { gaps.append("") }
        gaps[gaps.count - 1].append(character)
      }
      isInNumber = character.isASCIIDigit
    }
    if isInNumber { gaps.append("") }
    guard !shape.isEmpty, numbers.count >= shape.count else { return false }
    return (0...(numbers.count - shape.count)).contains(where: { start in
      let end = start + shape.count
      let isApart =
        !Substring(gaps[start]).trimmed.hasSuffix("×")
        && !Substring(gaps[end]).trimmed.hasPrefix("×")
      return isApart && zip(numbers[start..<end], shape).allSatisfy { $0 == $1 }
        && gaps[(start + 1)..<end].allSatisfy { gap in
          gap.allSatisfy { $0 == " " || separators.contains($0) }
        }
    })
  }

  /// Full-width characters, as a Chinese keyboard gives them, as the ASCII ones that they stand for.
  private static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E:
        result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x00A0, 0x2009, 0x202F, 0x3000: result.append(" ")
      case 0x3001: result.append(",")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// The first axis at which two shapes part.
struct ShapeDifference: Sendable, Hashable {
  let given: [Int]
  let right: [Int]

  /// The axis, counted from 0; nil if the shapes are the same.
  var axis: Int? {
    if let axis = zip(given, right).enumerated().first(where: { $0.element.0 != $0.element.1 }) {
      return axis.offset
    }
    return given.count == right.count ? nil : min(given.count, right.count)
  }

  /// The axis and both sizes, as a sentence; and what is the same in spite of it.
  func sentence(_ language: Language) -> String? {
    guard let axis else { return nil }
    let yours = given.indices.contains(axis) ? given[axis] : nil
    let models = right.indices.contains(axis) ? right[axis] : nil
    let isPermuted = given.sorted() == right.sorted()
    switch language {
    case .en:
      let what =
        switch (yours, models) {
        case (let yours?, let models?): "\(yours) in yours, \(models) in the model's."
        case (let yours?, nil): "yours goes on with \(yours), the model's has no such axis."
        case (nil, let models): "yours ends before it, the model's goes on with \(models ?? 0)."
        }
      return "They part first at axis \(axis), counted from 0: \(what)"
        + (given.count == right.count
          ? isPermuted ? " The sizes are the same, in another order." : ""
          : " Yours has \(given.count) axes, the model's \(right.count).")
    case .zh:
      let what =
        switch (yours, models) {
        case (let yours?, let models?): "你写的是 \(yours)，模型是 \(models)。"
        case (let yours?, nil): "你还有 \(yours)，模型没有这个轴。"
        case (nil, let models): "你的形状到此为止，模型还有 \(models ?? 0)。"
        }
      return "第一处不同在轴 \(axis)（从 0 数起）：\(what)"
        + (given.count == right.count
          ? isPermuted ? "各个数相同，顺序不同。" : ""
          : "你写了 \(given.count) 个轴，模型有 \(right.count) 个。")
    }
  }
}
