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
  /// How the backbone is built.
  public let configuration: ViTConfiguration
  /// How the detector is built, if it is one.
  public let detector: DetectorConfiguration?
  /// The parameters by detectron2's names: a backbone's begin with `blocks.` and the like, a detector's with
  /// `backbone.net.` and so on.
  public let parameters: Parameters
  /// How the file names the backbone's parameters.
  public let names: ParameterNames
  /// The names in the file that the model has no use for.
  public let unused: [String]

  static let weightsName = "/model.safetensors"

  /// The file with the weights: that of a directory, or the file itself.
  static func weightsPath(_ path: String) -> String {
    CheckpointFile.isDirectory(path) ? path + weightsName : path
  }

  /// What it holds.
  public var kind: Kind { detector == nil ? .backbone : .detector }

  /// The backbone's parameters, without a prefix.
  public var backboneParameters: Parameters {
    detector == nil ? parameters : parameters.scoped("backbone.net.")
  }

  /// Reads a directory.
  ///
  /// - Parameter path: Where it is.
  /// - Returns: The model, complete and checked against its configuration.
  /// - Throws: `CheckpointError` that names the file and the fault.
  public static func read(_ path: String) throws(CheckpointError) -> ModelDirectory {
    let file = try ConfigurationFile(path: path + "/config.json")
    switch try ModelKind(file) {
    case .backbone(let configuration): return try ModelDirectory(path, configuration, nil)
    case .detector(let detector): return try ModelDirectory(path, detector.backbone, detector)
    }
  }

  private init(
    _ path: String, _ configuration: ViTConfiguration, _ detector: DetectorConfiguration?
  ) throws(CheckpointError) {
    let weights = try SafeTensors(path: path + Self.weightsName)
    guard let names = ParameterNames(recognizing: weights.entries.map(\.name)) else {
      throw CheckpointError(weights.path, "has no patch embedding, so it is no vision transformer")
    }
    if detector != nil, names.detectorPrefix == nil {
      throw CheckpointError(
        weights.path, "has a backbone's names, but the configuration describes a detector")
    }
    self.path = path
    self.configuration = configuration
    self.detector = detector
    self.names = names
    let specifications = ModelDirectory.specifications(configuration, detector)
    parameters = try weights.parameters(specifications) { name in
      ModelDirectory.fileName(of: name, names, detector)
    }
    let used = Set(specifications.map { ModelDirectory.fileName(of: $0.name, names, detector) })
    unused = weights.entries.map(\.name).filter { !used.contains($0) }
  }

  /// Every parameter of the model.
  var specifications: [ParameterSpecification] {
    ModelDirectory.specifications(configuration, detector)
  }

  /// The file's name of one of the model's parameters.
  func fileName(of name: String) -> String { ModelDirectory.fileName(of: name, names, detector) }

  private static func specifications(
    _ configuration: ViTConfiguration, _ detector: DetectorConfiguration?
  ) -> [ParameterSpecification] {
    detector?.parameterSpecifications() ?? configuration.parameterSpecifications()
  }

  private static func fileName(
    of name: String, _ names: ParameterNames, _ detector: DetectorConfiguration?
  ) -> String {
    detector == nil ? names.fileName(of: name) : (names.detectorPrefix ?? "") + name
  }
}

extension ParameterNames {
  /// What stands before a detector's names, if these are those of a detector's backbone.
  var detectorPrefix: String? {
    let backbone = "backbone.net."
    guard style == .detectron2, prefix.hasSuffix(backbone) else { return nil }
    return String(prefix.dropLast(backbone.count))
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
