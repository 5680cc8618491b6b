internal import ViTDetMini

/// One map that the heads see, as lessons and figures name its sizes.
struct NeckLevel: Sendable, Hashable {
  /// Its name, `p2`.
  let name: String
  /// Its place, the finest first.
  let index: Int
  /// The logarithm of its stride.
  let number: Int
  /// Pixels between two cells.
  var stride: Int { 1 << number }
  /// The rows of cells.
  let rows: Int
  /// The columns of cells.
  let columns: Int
  /// The sides of its anchors, in pixels.
  let anchors: [Float]

  /// The tokens whose patches share pixels with a cell.
  ///
  /// - Parameters:
  ///   - cell: A cell of this level.
  ///   - patch: Pixels between two tokens.
  /// - Returns: One token for a level finer than the backbone's map, several for a coarser one.
  func tokens(under cell: Token, patch: Int) -> [Token] {
    func range(_ place: Int) -> ClosedRange<Int> {
      place * stride / patch...max((place + 1) * stride - 1, 0) / patch
    }
    return range(cell.row).flatMap { row in range(cell.column).map { Token(row: row, column: $0) } }
  }
}

extension DetectorConfiguration {
  /// The maps that proposals come from, finest first.
  var neckLevels: [NeckLevel] {
    let numbers = levels.map(\.number) + (topLevel == nil ? [] : [(levels.last?.number ?? 0) + 1])
    return zip(proposalLevels, numbers).enumerated().map { index, level in
      let (name, number) = level
      return NeckLevel(
        name: name, index: index, number: number,
        rows: backbone.grid.height * backbone.patchSize / (1 << number),
        columns: backbone.grid.width * backbone.patchSize / (1 << number),
        anchors: index < proposals.anchors.sizes.count ? proposals.anchors.sizes[index] : [])
    }
  }

  /// How many numbers are learned for some levels alone.
  func parameterCount(of levels: [NeckLevel]) -> Int {
    let prefixes = levels.map { "backbone.simfp_\($0.number)." }
    return parameterSpecifications().reduce(0) { sum, specification in
      prefixes.contains { specification.name.hasPrefix($0) } ? sum + specification.count : sum
    }
  }

  /// The rule that says from which level a box's features are read.
  var levelAssignment: LevelAssignment {
    LevelAssignment(
      levels: (levels.first?.number ?? 0)...(levels.last?.number ?? 0),
      canonicalSize: boxHead.canonicalSize, canonicalLevel: boxHead.canonicalLevel)
  }

  /// The published detector of that name, or the course's own.
  static func named(_ preset: String) -> DetectorConfiguration? {
    presets.first { $0.name == preset }?.configuration
  }

  /// The detector that a preset's backbone belongs to, with a backbone whose sizes may have been turned.
  static func around(_ backbone: ViTConfiguration) -> DetectorConfiguration {
    let published = presets.map(\.configuration).first {
      $0.backbone.embedDim == backbone.embedDim && $0.backbone.depth == backbone.depth
    }
    var detector = published ?? .tiny
    detector.backbone = backbone
    return detector
  }

  /// The same detector with the backbone's last map as its only level, where anchors of every size stand at each cell.
  var withoutPyramid: DetectorConfiguration { with(.none) }
}
