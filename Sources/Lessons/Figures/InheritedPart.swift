internal import ViTDetMini

/// Tensors of a checkpoint, or of the detector, that belong together and have the same fate: the weight and bias of a
/// layer in all blocks, or all of a head.
struct InheritedPart: Sendable {
  /// What becomes of the tensors.
  enum Fate: String, CaseIterable {
    case used, resized, unused, missing

    init(_ use: PlainCheckpoint.Use) {
      self =
        switch use {
        case .used: .used
        case .resized: .resized
        case .unused: .unused
        case .missing: .missing
        }
    }

    /// The mark before the name.
    var mark: String {
      switch self {
      case .used: "="
      case .resized: "~"
      case .unused: "-"
      case .missing: "+"
      }
    }
  }

  /// The common part of the names, with `*` for the number of a block.
  let name: String
  /// What becomes of them.
  let fate: Fate
  /// The shape of the first; empty where the part is a whole head.
  let shape: [Int]
  /// The shape that it is stretched to.
  let newShape: [Int]?
  /// The number of tensors.
  private(set) var tensors = 0
  /// The numbers in all of them.
  private(set) var numbers = 0

  /// The parts of a checkpoint, in its order; those that it lacks last.
  static func parts(of checkpoint: PlainCheckpoint) -> [InheritedPart] {
    var parts: [InheritedPart] = []
    for row in checkpoint.rows {
      let (name, isWhole) = folded(row.name)
      let fate = Fate(row.use)
      let place = parts.firstIndex {
        $0.name == name && $0.fate == fate
          && (isWhole || $0.shape.count != row.shape.count || $0.shape == row.shape)
      }
      var part =
        place.map { parts[$0] }
        ?? InheritedPart(name, fate, isWhole ? [] : row.shape, row.use)
      part.tensors += 1
      part.numbers += row.shape.reduce(1, *)
      if let place { parts[place] = part } else { parts.append(part) }
    }
    return parts
  }

  private init(_ name: String, _ fate: Fate, _ shape: [Int], _ use: PlainCheckpoint.Use) {
    self.name = name
    self.fate = fate
    self.shape = shape
    if case .resized(let to) = use { newShape = to } else { newShape = nil }
  }

  /// The name of the part that a tensor belongs to, and whether it is a whole head.
  private static func folded(_ name: String) -> (name: String, isWhole: Bool) {
    var parts = name.split(separator: ".").map(String.init)
    if parts.starts(with: ["backbone", "net"]) { parts.removeFirst(2) }
    if parts.first == "backbone" { parts.removeFirst() }
    guard let first = parts.first else { return (name, false) }
    for whole in ["proposal_generator", "roi_heads", "decoder"]
    where first.hasPrefix(whole) {
      return (whole, true)
    }
    if first.hasPrefix("simfp") { return (first, true) }
    // Tables of windowed and of global blocks differ in length.
    if name.contains(".rel_pos_") { return ("blocks.*.rel_pos", true) }
    if ["weight", "bias"].contains(parts.last) { parts.removeLast() }
    if let block = parts.firstIndex(of: "blocks"), block + 1 < parts.count {
      parts[block + 1] = "*"
    }
    return (parts.joined(separator: "."), false)
  }
}
