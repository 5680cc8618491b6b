import Glibc

extension Value {
  /// The value as a lesson shows it: 16,777,216 and 17.47 and (1,7) and 1×16×16×64.
  ///
  /// Whole numbers are exact with a comma between thousands, in both languages. Others are rounded to four
  /// significant digits, because a learner compares sizes, not digits.
  public func text(_ language: Language) -> String {
    switch self {
    case .number(let number): Value.text(of: number)
    case .token(let token): "(\(token.row),\(token.column))"
    case .tokens(let tokens): Value.text(of: tokens, language)
    case .shape(let shape): shape.map(String.init).joined(separator: "×")
    case .text(let text): text
    }
  }

  /// True if the values are the same for a learner: numbers up to rounding, all else exactly.
  public func isNearly(_ other: Value) -> Bool {
    guard case .number(let a) = self, case .number(let b) = other else { return self == other }
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-300)
  }

  /// The kind in words, for an error message.
  var kindName: String {
    switch self {
    case .number: "a number"
    case .token: "a token"
    case .tokens: "a set of cells"
    case .shape: "a shape"
    case .text: "a text"
    }
  }

  private static func text(of number: Double) -> String {
    // A measurement can fail to be a number; an expression cannot.
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-∞" : "∞" }
    let magnitude = abs(number)
    let sign = number < 0 ? "-" : ""
    if magnitude < 1e15, let whole = Int(exactly: number.rounded()),
      abs(number - number.rounded()) < 1e-9
    {
      return (whole < 0 ? "-" : "") + grouped(String(whole.magnitude))
    }
    if magnitude >= 1e15 { return sign + scientific(magnitude) }
    if magnitude >= 1000 { return sign + grouped(String(Int(magnitude.rounded()))) }
    if magnitude < 1e-4 { return sign + scientific(magnitude) }
    var scale = 1.0
    var decimals = 0
    // Four significant digits: 17.47 has two decimals, 0.02367 has five.
    while magnitude * scale < 1000, decimals < 8 {
      scale *= 10
      decimals += 1
    }
    let digits = String(Int((magnitude * scale).rounded()))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    var fraction = padded.suffix(decimals)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = grouped(String(padded.dropLast(decimals)))
    return sign + whole + (fraction.isEmpty ? "" : ".\(fraction)")
  }

  private static func scientific(_ magnitude: Double) -> String {
    var exponent = Int(log10(magnitude).rounded(.down))
    var mantissa = (magnitude / pow(10, Double(exponent)) * 100).rounded() / 100
    if mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    return "\(text(of: mantissa))e\(exponent)"
  }

  private static func grouped(_ digits: String) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return result
  }

  private static func text(of tokens: Set<Token>, _ language: Language) -> String {
    guard let first = tokens.min(), let last = tokens.max() else {
      return language == .en ? "no cells" : "没有格子"
    }
    if tokens.count == 1 { return "(\(first.row),\(first.column))" }
    let count = language == .en ? "\(tokens.count) cells" : "\(tokens.count) 个格子"
    let height = last.row - first.row + 1
    let columns = tokens.map(\.column)
    guard let left = columns.min(), let right = columns.max(),
      height * (right - left + 1) == tokens.count
    else { return count }
    let comma = language == .en ? ", " : "，"
    return "\(count)\(comma)(\(first.row),\(left))…(\(last.row),\(right))"
  }
}
