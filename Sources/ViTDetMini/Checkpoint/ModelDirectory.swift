/// A model on disk: `config.json` beside `model.safetensors`.
///
/// Two kinds are known: a backbone as Hugging Face's `save_pretrained` writes VitDet, and a whole detector
/// with detectron2's arguments and parameter names.
public struct ModelDirectory: Sendable {
  /// What a directory holds.
  public enum Kind: String, Sendable, Hashable {
    /// A vision transformer alone.
    case backbone
    /// A whole detector.
    case detector
  }

  /// Where it is.
  public let path: String
  /// What it holds.
  public let kind: Kind
  /// How the backbone is built.
  public let configuration: ViTConfiguration
  /// The backbone's parameters, by detectron2's names without a prefix.
  public let parameters: Parameters
  /// How the file names them.
  public let names: ParameterNames
  /// The names in the file that the backbone has no use for.
  public let unused: [String]

  /// Reads a directory.
  ///
  /// - Parameter path: Where it is.
  /// - Returns: The model, complete and checked against its configuration.
  /// - Throws: `CheckpointError` that names the file and the fault.
  public static func read(_ path: String) throws(CheckpointError) -> ModelDirectory {
    let file = try ConfigurationFile(path: path + "/config.json")
    let weights = path + "/model.safetensors"
    if file.keys.contains("backbone") {
      let net = try file.object("backbone").object("net")
      return try read(
        path, kind: .detector, try ViTConfiguration(detectron2: net),
        SafeTensors(path: weights))
    }
    if file.keys.contains("embed_dim") {
      return try read(
        path, kind: .backbone, ViTConfiguration(detectron2: file), SafeTensors(path: weights))
    }
    let type = try file.string("model_type", "vitdet")
    guard type == "vitdet" else {
      throw file.fault("model_type", "“vitdet”, not “\(printable(type))”")
    }
    return try read(
      path, kind: .backbone, ViTConfiguration(huggingFace: file), SafeTensors(path: weights))
  }

  private static func read(
    _ path: String, kind: Kind, _ configuration: ViTConfiguration, _ weights: SafeTensors
  ) throws(CheckpointError) -> ModelDirectory {
    guard let names = ParameterNames(recognizing: weights.entries.map(\.name)) else {
      throw CheckpointError(weights.path, "has no patch embedding, so it is no vision transformer")
    }
    let specifications = configuration.parameterSpecifications()
    let parameters = try weights.parameters(specifications, named: names.fileName)
    let used = Set(specifications.map { names.fileName(of: $0.name) })
    return ModelDirectory(
      path: path, kind: kind, configuration: configuration, parameters: parameters, names: names,
      unused: weights.entries.map(\.name).filter { !used.contains($0) })
  }
}

extension SafeTensors {
  /// Reads parameters as specified, turned into the arrangement in memory.
  ///
  /// All shapes are checked before the first number is read.
  func parameters(
    _ specifications: [ParameterSpecification], named fileName: (String) -> String
  ) throws(CheckpointError) -> Parameters {
    for specification in specifications {
      let name = fileName(specification.name)
      guard let entry = self[name] else {
        throw CheckpointError(path, "lacks the tensor \(name), which the configuration asks for")
      }
      guard entry.shape == specification.checkpointShape else {
        throw CheckpointError(
          path,
          "has the tensor \(name) in the shape \(entry.shape), but the configuration asks for "
            + "\(specification.checkpointShape)")
      }
    }
    var result = Parameters()
    for specification in specifications {
      let name = fileName(specification.name)
      let tensor = try tensor(named: name)
      guard tensor.storage.allSatisfy(\.isFinite) else {
        throw CheckpointError(path, "has numbers in the tensor \(name) that are not finite")
      }
      result[specification.name] = specification.layout.fromCheckpoint(tensor)
    }
    return result
  }
}
