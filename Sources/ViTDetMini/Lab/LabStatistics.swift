/// Numbers of several seeds: their mean and how far they lie apart.
public struct LabSpread: Sendable, Hashable {
  /// The numbers, by seed.
  public let values: [Double]

  /// Their mean; 0 of none.
  public var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  /// Their standard deviation, `√(Σ(x − mean)² / (n − 1))`; nil of fewer than two.
  public var deviation: Double? {
    guard values.count > 1 else { return nil }
    let mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}

/// Whether what the paper found was found again.
public enum LabTrend: String, Sendable, Hashable, CaseIterable {
  /// Every seed agrees with the paper on which is better.
  case held
  /// Every seed says the opposite.
  case reversed
  /// Seeds differ.
  case undecided
  /// The paper finds less than half a point between the two, so there is no order to repeat.
  case noOrder
  /// Fewer than three seeds have both.
  case tooFewSeeds
}

extension LabResults {
  /// The fewest seeds that a trend is read from.
  public static let fewestSeeds = 3
  /// The paper's runs differ by 0.1 from seed to seed, so smaller gains than this, in tenths of a point, are no order.
  static let leastPaperTenths = 4

  /// A measure of a row over its seeds, in points.
  public func spread(of row: LabTable.Row, _ measure: LabRun.Measure) -> LabSpread {
    LabSpread(values: runs(of: row).compactMap { $0[measure] })
  }

  /// How much better one row is than another with the same seed, in points.
  ///
  /// Seeds share the first weights and the pictures, so much of what chance does falls out of the differences.
  public func differences(
    _ comparison: LabTable.Comparison, _ measure: LabRun.Measure
  ) -> LabSpread {
    let baseline = runs(of: comparison.baseline)
    return LabSpread(
      values: runs(of: comparison.row).compactMap { run in
        guard let other = baseline.first(where: { $0.seed == run.seed }),
          let (found, reference) = both(run[measure], other[measure])
        else { return nil }
        return found - reference
      })
  }

  /// Whether box AP puts two rows in the paper's order, seed by seed.
  public func trend(_ comparison: LabTable.Comparison) -> LabTrend {
    let gain = comparison.paperTenths
    guard abs(gain) >= Self.leastPaperTenths else { return .noOrder }
    let found = differences(comparison, .box).values.map { gain > 0 ? $0 : -$0 }
    guard found.count >= Self.fewestSeeds else { return .tooFewSeeds }
    return found.allSatisfy { $0 > 0 }
      ? .held : found.allSatisfy { $0 < 0 } ? .reversed : .undecided
  }

  private func both(_ first: Double?, _ second: Double?) -> (Double, Double)? {
    guard let first, let second else { return nil }
    return (first, second)
  }
}
