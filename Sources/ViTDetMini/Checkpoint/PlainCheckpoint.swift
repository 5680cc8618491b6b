/// What a detector's backbone can take from the checkpoint of a plain vision transformer.
///
/// A pre-trained transformer has all of the blocks; it lacks the relative positions and everything behind the backbone,
/// and has a class token and a last norm that a detector has no use for.
public struct PlainCheckpoint {
  /// What becomes of a parameter.
  public enum Use: Sendable, Hashable {
    /// It is taken as it is.
    case used
    /// It is taken, stretched to another shape.
    case resized(to: [Int])
    /// It is left behind.
    case unused
    /// The detector begins with its own, because the checkpoint has none.
    case missing
  }

  /// One parameter and what becomes of it.
  public struct Row: Sendable, Hashable {
    /// The checkpoint's name, or the detector's for one that is missing.
    public let name: String
    /// Its shape there.
    public let shape: [Int]
    /// What becomes of it.
    public let use: Use
  }

  /// The parameters in the checkpoint's order, then those that are missing.
  public let rows: [Row]
  /// What the checkpoint is compared with.
  public let target: ModelKind
  /// Where the checkpoint is.
  public var path: String { file.path }
  let file: SafeTensors
  /// Where each of the target's parameters comes from; those that are missing are left out.
  let sources: [(specification: ParameterSpecification, names: [String], use: Use)]

  /// Compares a checkpoint with the published detector of its width and depth; nil if it is no vision transformer, or one
  /// of no known proportions.
  ///
  /// - Parameter file: The checkpoint, with timm's, detectron2's or Hugging Face's names.
  public init?(_ file: SafeTensors) {
    guard let names = ParameterNames(recognizing: file.entries.map(\.name)),
      let target = PlainCheckpoint.target(file, names)
    else { return nil }
    self.init(file, names, .detector(target))
  }

  /// Compares a checkpoint with a model.
  ///
  /// - Parameters:
  ///   - file: The checkpoint, with timm's, detectron2's or Hugging Face's names.
  ///   - target: The model that is to start from it.
  /// - Throws: `CheckpointError` if it is no vision transformer.
  public init(_ file: SafeTensors, for target: ModelKind) throws(CheckpointError) {
    guard let names = ParameterNames(recognizing: file.entries.map(\.name)) else {
      throw CheckpointError(file.path, "has no patch embedding, so it is no vision transformer")
    }
    self.init(file, names, target)
  }

  private init(_ file: SafeTensors, _ names: ParameterNames, _ target: ModelKind) {
    self.file = file
    self.target = target
    var uses: [String: Use] = [:]
    var missing: [Row] = []
    var sources: [(ParameterSpecification, [String], Use)] = []
    for specification in target.parameterSpecifications() {
      let backbone = target.backbonePrefix
      let isInBackbone = specification.name.hasPrefix(backbone)
      let name = isInBackbone ? String(specification.name.dropFirst(backbone.count)) : ""
      // In a whole detector's checkpoint the heads stand under their own names.
      let alternatives =
        isInBackbone
        ? names.plainFileNames(of: name) : [[(names.detectorPrefix ?? "") + specification.name]]
      let found = alternatives.first { $0.allSatisfy { file[$0] != nil } }
      guard let found, let shape = PlainCheckpoint.joinedShape(found.compactMap { file[$0]?.shape })
      else {
        missing.append(
          Row(name: specification.name, shape: specification.checkpointShape, use: .missing))
        continue
      }
      let use = PlainCheckpoint.use(of: shape, as: specification.checkpointShape, name: name)
      sources.append((specification, found, use))
      for name in found { uses[name] = use }
    }
    self.sources = sources
    rows =
      file.entries.map { Row(name: $0.name, shape: $0.shape, use: uses[$0.name] ?? .unused) }
      + missing
  }

  /// The shape of tensors joined along their first axis; nil if they do not fit together.
  private static func joinedShape(_ shapes: [[Int]]) -> [Int]? {
    guard let first = shapes.first else { return nil }
    if shapes.count == 1 { return first }
    guard !first.isEmpty, shapes.allSatisfy({ $0.dropFirst() == first.dropFirst() }) else {
      return nil
    }
    return [shapes.reduce(0) { $0 + $1[0] }] + first.dropFirst()
  }

  /// Whether a parameter fits, or is one of those that can be stretched.
  private static func use(of shape: [Int], as expected: [Int], name: String) -> Use {
    if shape == expected { return .used }
    guard shape.count == expected.count, shape.allSatisfy({ $0 > 0 }) else { return .unused }
    let canStretch =
      switch name {
      case "pos_embed":
        shape[0] == 1 && shape[2] == expected[2] && PositionRows(count: shape[1]) != nil
      case "patch_embed.proj.weight": shape[..<2] == expected[..<2] && shape[2] == shape[3]
      default: name.contains(".rel_pos_") && shape[1] == expected[1]
      }
    return canStretch ? .resized(to: expected) : .unused
  }

  /// The preset of the checkpoint's width and depth.
  private static func target(
    _ file: SafeTensors, _ names: ParameterNames
  ) -> DetectorConfiguration? {
    func entry(_ name: String) -> SafeTensorsEntry? {
      names.plainFileNames(of: name).lazy.compactMap { file[$0[0]] }.first
    }
    guard let width = entry("patch_embed.proj.weight")?.shape.first else { return nil }
    let limit = 1 << 10
    let depth = (0..<limit).first { entry("blocks.\($0).norm1.weight") == nil }
    return DetectorConfiguration.presets.map(\.configuration)
      .first { $0.backbone.embedDim == width && $0.backbone.depth == depth }
  }
}

/// Position rows as a file keeps them: a square grid, with or without a class token's row before it.
struct PositionRows {
  let side: Int
  let hasClassRow: Bool

  /// Finds the grid of a number of rows; nil if there is none.
  init?(count: Int) {
    func root(_ number: Int) -> Int? {
      let side = Int(Double(number).squareRoot().rounded())
      return side > 0 && side * side == number ? side : nil
    }
    if let side = root(count) {
      (self.side, hasClassRow) = (side, false)
    } else if let side = root(count - 1) {
      (self.side, hasClassRow) = (side, true)
    } else {
      return nil
    }
  }
}
