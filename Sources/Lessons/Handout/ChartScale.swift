internal import Glibc

/// One axis of a chart: what it shows, where a value stands on it, and which values are named.
struct ChartScale {
  let range: ClosedRange<Double>
  let isLogarithmic: Bool
  /// Beyond this no difference or quotient of values is sure to be a number.
  private static let most = 1e150

  /// Fits an axis to values, or takes the limits that a chart sets.
  init(_ values: [Double], isLogarithmic: Bool, limits: ClosedRange<Double>?) {
    self.isLogarithmic = isLogarithmic
    let shown = (limits.map { isLogarithmic ? values : [$0.lowerBound, $0.upperBound] } ?? values)
      .filter { abs($0) < Self.most && (!isLogarithmic || $0 > 1 / Self.most) }
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 1)
    guard !isLogarithmic else {
      range = low > 0 ? low...max(high, low * 2) : 1...2
      return
    }
    // A band of equal values still needs a height.
    range = low...(high > low ? high : low + max(abs(low), 1))
  }

  /// How far along the axis a value stands, 0…1; nil outside.
  func share(_ value: Double) -> Double? {
    guard value.isFinite, range.contains(value), !isLogarithmic || value > 0 else { return nil }
    guard isLogarithmic else {
      return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }

  /// Three to seven round values.
  var ticks: [Double] { isLogarithmic ? powers : multiples }

  private var multiples: [Double] {
    let rough = (range.upperBound - range.lowerBound) / 4
    let power = pow(10, floor(log10(rough)))
    let step = power * ([1, 2, 2.5, 5].last { $0 * power <= rough } ?? 1)
    let first = (range.lowerBound / step).rounded(.up)
    return (0..<9).map { (first + Double($0)) * step }.filter {
      $0 <= range.upperBound + step * 1e-9
    }
  }

  private var powers: [Double] {
    let decades = log10(range.upperBound / range.lowerBound)
    // Over a short way powers of two, which most of the course's sizes are.
    let base = decades > 3 ? 10.0 : 2.0
    let first = Int((log(range.lowerBound) / log(base) - 1e-9).rounded(.up))
    let last = Int((log(range.upperBound) / log(base) + 1e-9).rounded(.down))
    guard last > first else { return [range.lowerBound, range.upperBound] }
    let every = max((last - first) / 5, 1)
    return stride(from: first, through: last, by: every).map { pow(base, Double($0)) }
  }
}
