/// Numbers in few characters, for legends and axes.
public enum ShortNumber {
  /// Three significant digits, with k, M, G, T for large numbers and an exponent for tiny ones.
  ///
  /// `0.0312`, `17`, `2.5`, `16.8M`, `1.2e-6`; never longer than eight characters.
  public static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    let sign = value < 0 ? "-" : ""
    var size = rounded(abs(value))
    if size < 1e-3 {
      var exponent = 0
      // What rounds to 1.0 has its exponent already; 10.0 would be the next one's.
      while size < 0.995 {
        size *= 10
        exponent += 1
      }
      return sign + decimal(size, places: 1) + "e-\(exponent)"
    }
    var unit = ""
    for next in ["k", "M", "G", "T", "P"] where size >= (unit.isEmpty ? 10_000 : 1000) {
      size /= 1000
      unit = next
    }
    let places = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4
    return sign + decimal(size, places: places) + unit
  }

  /// A number that is not negative, with at most `places` decimals and no zeros at their end.
  private static func decimal(_ value: Double, places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let digits = (value * scale).rounded()
    let whole = (digits / scale).rounded(.down)
    var fraction = String(Int(digits - whole * scale))
    fraction = String(repeating: "0", count: max(places - fraction.count, 0)) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let start = whole < 1e15 ? String(Int(whole)) : String(whole)
    return fraction.isEmpty || places == 0 ? start : start + "." + fraction
  }

  /// The number to three significant digits.
  private static func rounded(_ value: Double) -> Double {
    var scale = 1.0
    while value * scale < 100, scale < 1e300 { scale *= 10 }
    while value * scale >= 1000 { scale /= 10 }
    return value * scale >= 100 && scale >= 1 ? (value * scale).rounded() / scale : value
  }
}
