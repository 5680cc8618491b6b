internal import Glibc
internal import TUI

/// How figures write numbers: thousands grouped, and never more digits than they mean.
enum NumberText {
  /// A whole number with grouped thousands: 16,777,216.
  static func grouped(_ number: Int) -> String { measured(Double(number)) }

  /// A number with a fixed count of decimals.
  static func fixed(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite else { return number.isNaN ? "nan" : (number < 0 ? "-inf" : "inf") }
    let scale = pow(10, Double(decimals))
    let scaled = (number.magnitude * scale).rounded()
    // Beyond this the digits no longer fit an Int, and no decimal of such a number means anything.
    guard scaled < 9e15 else { return measured(number) }
    let whole = Int(scaled) / Int(scale)
    let fraction = String(Int(scaled) % Int(scale))
    let sign = number < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(whole).\(zeros)\(fraction)"
  }

  /// A measured value with four digits that mean something, as prose writes it.
  static func measured(_ number: Double) -> String {
    // The digits are the same in every language.
    Value.number(number).text(.en)
  }

  /// A share as a percentage with one decimal.
  static func percent(_ share: Double) -> String { fixed(share * 100, 1) + "%" }

  /// A large number in few characters: 8,224 and 2.1M and 9.66G.
  static func short(_ number: Int) -> String {
    number < 10_000 ? grouped(number) : ShortNumber.text(Double(number))
  }

  /// A tensor's shape: 1×16×16×64.
  static func shape(_ shape: [Int]) -> String { Value.shape(shape).text(.en) }
}
