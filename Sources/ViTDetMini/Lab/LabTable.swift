/// A table of the paper that the lab repeats in miniature.
public enum LabTable: Int, Sendable, Hashable, CaseIterable {
  /// Table 1: feature pyramids on a plain backbone.
  case pyramids = 1
  /// Table 2 (for ViT-B Table 8): ways for information between windows.
  case propagation = 2
  /// Table 4: what the backbone begins with.
  case starts = 4

  /// A row: one variant under the name that it has in this table.
  public struct Row: Sendable, Hashable {
    /// Its name, unique in the table, such as `simple` or `mae`.
    public let name: String
    /// What is trained.
    public let variant: LabVariant
    /// What the paper reports for it.
    public let paper: PaperScore

    /// What is trained if the table begins with other weights than the paper's; nil keeps the row's own.
    func variant(beginning start: LabStart?) -> LabVariant {
      LabVariant(
        pyramid: variant.pyramid, propagation: variant.propagation, start: start ?? variant.start)
    }
  }

  /// Two rows of which the paper says which is better.
  public struct Comparison: Sendable, Hashable {
    /// The row that is looked at.
    public let row: Row
    /// The row that it is compared with.
    public let baseline: Row

    /// How much better the paper's ViT-B is in box AP, in tenths of a point.
    public var paperTenths: Int {
      Int(((row.paper.base.box - baseline.paper.base.box) * 10).rounded())
    }
  }

  /// What the table compares, in a few words.
  public var title: String {
    switch self {
    case .pyramids: "feature pyramids on a plain backbone"
    case .propagation: "ways for information between windows"
    case .starts: "what the backbone begins with"
    }
  }

  /// The rows, the one that all are compared with first.
  public var rows: [Row] {
    switch self {
    case .pyramids:
      [
        Row(
          name: "none", variant: LabVariant(pyramid: .none),
          paper: PaperScore(base: (47.8, 42.5), large: (51.2, 45.4))),
        Row(
          name: "last-map", variant: LabVariant(pyramid: .lastMap),
          paper: PaperScore(base: (50.9, 45.3), large: (54.6, 48.5))),
        Row(name: "simple", variant: LabVariant(), paper: .whole),
      ]
    case .propagation:
      [
        Row(
          name: "none", variant: LabVariant(propagation: .none),
          paper: PaperScore(base: (48.9, 43.9), large: (52.9, 47.2))),
        Row(
          name: "conv", variant: LabVariant(propagation: .conv(.bottleneck)),
          paper: PaperScore(base: (51.0, 45.3), large: (54.6, 48.6))),
        Row(
          name: "first", variant: LabVariant(propagation: .global(.first)),
          paper: PaperScore(base: (49.1, 44.1), large: (52.9, 47.1))),
        Row(
          name: "last", variant: LabVariant(propagation: .global(.last)),
          paper: PaperScore(base: (50.9, 45.4), large: (54.3, 48.3))),
        // Table 2a calls the same detector “global”.
        Row(name: "even", variant: LabVariant(), paper: .whole),
      ]
    case .starts:
      [
        Row(
          name: "random", variant: LabVariant(start: .random),
          paper: PaperScore(base: (48.1, 42.6), large: (50.0, 44.2))),
        Row(
          name: "classified", variant: LabVariant(start: .classified),
          paper: PaperScore(base: (47.6, 42.4), large: (49.6, 43.8))),
        Row(name: "mae", variant: LabVariant(), paper: .whole),
      ]
    }
  }

  /// Every row with the first, then the best with each of the others.
  public var comparisons: [Comparison] {
    let rows = rows
    return rows.dropFirst().map { Comparison(row: $0, baseline: rows[0]) }
      + rows.dropFirst().dropLast().map { Comparison(row: rows[rows.count - 1], baseline: $0) }
  }

  /// The row of a name.
  public func row(named name: String) -> Row? { rows.first { $0.name == name } }
}

/// Box and mask AP on COCO as the paper reports them, in points.
///
/// Source: ViTDet, Tables 1, 2, 4 and 8: Mask R-CNN, 1024×1024 pixels, without relative positions.
public struct PaperScore: Sendable, Hashable {
  /// AP of boxes and of masks.
  public struct Pair: Sendable, Hashable {
    /// Box AP.
    public let box: Double
    /// Mask AP.
    public let mask: Double
  }

  /// With ViT-B.
  public let base: Pair
  /// With ViT-L.
  public let large: Pair

  init(base: (box: Double, mask: Double), large: (box: Double, mask: Double)) {
    self.base = Pair(box: base.box, mask: base.mask)
    self.large = Pair(box: large.box, mask: large.mask)
  }

  /// The paper's detector, which every table has: simple pyramid, four even global blocks, begun with MAE.
  static let whole = PaperScore(base: (51.2, 45.5), large: (54.6, 48.6))
}
