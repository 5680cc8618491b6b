/// How well detections agree with the ground truth: COCO's precision and recall, and the twelve numbers made from them.
///
/// Source: pycocotools, `cocoeval.py`; the numbers are the same to 1e-9, ties, crowds and empty pictures included.
public struct CocoScore: Sendable, Hashable {
  /// What is compared.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Boxes.
    case bbox
    /// Masks; a detection's size is then the area of its mask, whatever box the file gives.
    case segm
  }

  /// Objects of which size count.
  public enum AreaRange: Int, Sendable, Hashable, CaseIterable {
    case all, small, medium, large

    /// The areas in pixels, both ends included, so that 1024 and 9216 belong to two ranges.
    public var limits: ClosedRange<Double> {
      switch self {
      case .all: 0...1e10
      case .small: 0...1024
      case .medium: 1024...9216
      case .large: 9216...1e10
      }
    }
  }

  /// The IoU from which a detection counts as right.
  ///
  /// Written as NumPy's `linspace` makes them, because an IoU of exactly 0.9 passes the ninth only so.
  public static let thresholds = [
    0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95,
  ]
  /// The recalls at which precision is read: 0, 0.01 … 1.
  public static let recalls: [Double] = (0...100).map { $0 == 100 ? 1 : Double($0) * 0.01 }
  /// How many detections of a picture and class count.
  public static let detectionLimits = [1, 10, 100]

  /// The result of one category, threshold, area range and detection limit.
  public struct Entry: Sendable, Hashable {
    /// Precision at each of ``CocoScore/recalls``.
    public let precision: [Double]
    /// The part of the objects that was found.
    public let recall: Double
  }

  /// The category ids, ascending.
  public let categories: [Int]
  /// Indexed by threshold, category, area range and detection limit; nil without objects.
  private let entries: [Entry?]

  init(categories: [Int], entries: [Entry?]) {
    self.categories = categories
    self.entries = entries
  }

  /// One result; `threshold`, `category` and `limit` are positions in their lists; nil if there is no object.
  public func entry(threshold: Int, category: Int, area: AreaRange, limit: Int) -> Entry? {
    let ranges = AreaRange.allCases.count
    let place = (threshold * categories.count + category) * ranges + area.rawValue
    return entries[place * Self.detectionLimits.count + limit]
  }

  /// The mean of precision over recalls, thresholds and categories; -1 if there is no object.
  public func averagePrecision(
    thresholds: Range<Int> = 0..<10, area: AreaRange = .all, category: Int? = nil, limit: Int = 2
  ) -> Double {
    let values = selected(thresholds, area, category, limit).flatMap(\.precision)
    return values.isEmpty ? -1 : values.reduce(0, +) / Double(values.count)
  }

  /// The mean of recall over thresholds and categories; -1 if there is no object.
  public func averageRecall(
    thresholds: Range<Int> = 0..<10, area: AreaRange = .all, category: Int? = nil, limit: Int = 2
  ) -> Double {
    let values = selected(thresholds, area, category, limit).map(\.recall)
    return values.isEmpty ? -1 : values.reduce(0, +) / Double(values.count)
  }

  private func selected(
    _ thresholds: Range<Int>, _ area: AreaRange, _ category: Int?, _ limit: Int
  ) -> [Entry] {
    thresholds.flatMap { threshold in
      (category.map { $0...$0 } ?? 0...max(0, categories.count - 1)).compactMap { category in
        categories.isEmpty
          ? nil : entry(threshold: threshold, category: category, area: area, limit: limit)
      }
    }
  }

  /// COCO's twelve numbers with their names, in pycocotools' order; -1 where there is nothing to average.
  public var summary: [(name: String, value: Double)] {
    [
      ("AP", averagePrecision()),
      ("AP50", averagePrecision(thresholds: 0..<1)),
      ("AP75", averagePrecision(thresholds: 5..<6)),
      ("APs", averagePrecision(area: .small)),
      ("APm", averagePrecision(area: .medium)),
      ("APl", averagePrecision(area: .large)),
      ("AR1", averageRecall(limit: 0)),
      ("AR10", averageRecall(limit: 1)),
      ("AR100", averageRecall(limit: 2)),
      ("ARs", averageRecall(area: .small)),
      ("ARm", averageRecall(area: .medium)),
      ("ARl", averageRecall(area: .large)),
    ]
  }
}
