/// A model that a directory can hold: a backbone alone or a whole detector.
public enum ModelKind: Sendable, Hashable {
  /// A vision transformer alone.
  case backbone(ViTConfiguration)
  /// A whole detector.
  case detector(DetectorConfiguration)

  /// The vision transformer.
  public var backbone: ViTConfiguration {
    switch self {
    case .backbone(let configuration): configuration
    case .detector(let detector): detector.backbone
    }
  }

  /// What stands before the backbone's parameters in the model's names.
  var backbonePrefix: String {
    switch self {
    case .backbone: ""
    case .detector: "backbone.net."
    }
  }

  /// Every parameter, by detectron2's names.
  func parameterSpecifications() -> [ParameterSpecification] {
    switch self {
    case .backbone(let configuration): configuration.parameterSpecifications()
    case .detector(let detector): detector.parameterSpecifications()
    }
  }

  /// Reads a model's `config.json`: Hugging Face's VitDet, ViT or ViTMAE, or detectron2's arguments.
  ///
  /// A plain ViT becomes a backbone of the same size whose blocks are all global.
  ///
  /// - Parameter path: Where the file is.
  /// - Throws: `CheckpointError` that names the file and the fault.
  public init(path: String) throws(CheckpointError) {
    let file = try ConfigurationFile(path: path)
    let type = try file.string("model_type", "")
    if type == "vit" || type == "vit_mae" {
      self = .backbone(try ViTConfiguration(plainHuggingFace: file))
    } else {
      try self.init(file)
    }
  }

  /// Reads a file that may only describe what this package can run as it is.
  init(_ file: ConfigurationFile) throws(CheckpointError) {
    if file.keys.contains("backbone") {
      self = .detector(try DetectorConfiguration(detectron2: file))
      return
    }
    if file.keys.contains("embed_dim") {
      self = .backbone(try ViTConfiguration(detectron2: file))
      return
    }
    let type = try file.string("model_type", "vitdet")
    guard type == "vitdet" else {
      throw file.fault("model_type", "“vitdet”, not “\(printable(type))”")
    }
    self = .backbone(try ViTConfiguration(huggingFace: file))
  }
}
