/// What a detector's backbone can take from the checkpoint of a plain vision transformer.
///
/// A pre-trained transformer has all of the blocks; it lacks the relative positions and everything behind the backbone,
/// and has a class token and a last norm that a detector has no use for.
public struct PlainCheckpoint: Sendable {
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
  /// The detector that the checkpoint is compared with: the published one of its width and depth.
  public let target: DetectorConfiguration

  /// Compares a checkpoint with the detector of its size; nil if it is no vision transformer, or one of no known
  /// proportions.
  ///
  /// - Parameter file: The checkpoint, with timm's, detectron2's or Hugging Face's VitDet names.
  public init?(_ file: SafeTensors) {
    guard let names = ParameterNames(recognizing: file.entries.map(\.name)),
      let target = PlainCheckpoint.target(file, names)
    else { return nil }
    self.target = target
    var uses: [String: Use] = [:]
    var missing: [Row] = []
    for specification in target.parameterSpecifications() {
      let backbone = "backbone.net."
      let isInBackbone = specification.name.hasPrefix(backbone)
      let name = isInBackbone ? String(specification.name.dropFirst(backbone.count)) : ""
      // In a whole detector's checkpoint the heads stand under their own names.
      let fileName =
        isInBackbone
        ? names.fileName(of: name) : (names.detectorPrefix ?? "") + specification.name
      guard let entry = file[fileName] else {
        missing.append(
          Row(name: specification.name, shape: specification.checkpointShape, use: .missing))
        continue
      }
      uses[fileName] = PlainCheckpoint.use(
        of: entry.shape, as: specification.checkpointShape, name: name)
    }
    rows =
      file.entries.map { Row(name: $0.name, shape: $0.shape, use: uses[$0.name] ?? .unused) }
      + missing
  }

  /// Whether a parameter fits, or is one of those that can be stretched.
  private static func use(of shape: [Int], as expected: [Int], name: String) -> Use {
    if shape == expected { return .used }
    let canStretch =
      name == "pos_embed" || name.contains(".rel_pos_") || name == "patch_embed.proj.weight"
    let agrees = shape.count == expected.count && shape.first == expected.first
    if canStretch && (agrees || name.contains(".rel_pos_")) { return .resized(to: expected) }
    return .unused
  }

  /// The preset of the checkpoint's width and depth.
  private static func target(
    _ file: SafeTensors, _ names: ParameterNames
  ) -> DetectorConfiguration? {
    guard let kernel = file[names.fileName(of: "patch_embed.proj.weight")],
      let width = kernel.shape.first
    else { return nil }
    let limit = 1 << 10
    let depth = (0..<limit).first { file[names.fileName(of: "blocks.\($0).norm1.weight")] == nil }
    return DetectorConfiguration.presets.map(\.configuration)
      .first { $0.backbone.embedDim == width && $0.backbone.depth == depth }
  }
}
