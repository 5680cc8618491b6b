internal import Glibc

extension ModelDirectory {
  /// Writes a detector as `config.json` and `model.safetensors`, with detectron2's keys and parameter names.
  ///
  /// Each file is replaced only when the new one is complete.
  ///
  /// - Parameters:
  ///   - detector: How it is built.
  ///   - parameters: Its weights, all of them.
  ///   - path: The directory, made if it is not there.
  /// - Throws: `CheckpointError` if the system refuses.
  public static func write(
    _ detector: DetectorConfiguration, parameters: Parameters, to path: String
  ) throws(CheckpointError) {
    try write(.detector(detector), parameters: parameters, to: path)
  }

  /// Writes a model: a detector with detectron2's keys and names, a backbone as Hugging Face's VitDet does if that has words
  /// for it, and else with detectron2's.
  ///
  /// - Parameters:
  ///   - model: How it is built.
  ///   - parameters: Its weights, all of them.
  ///   - path: The directory, made if it is not there.
  /// - Throws: `CheckpointError` if the system refuses.
  public static func write(
    _ model: ModelKind, parameters: Parameters, to path: String
  ) throws(CheckpointError) {
    var names = ParameterNames(style: .detectron2, prefix: "")
    let json: JSONValue
    switch model {
    case .detector(let detector): json = detector.json
    case .backbone(let configuration):
      if let known = configuration.huggingFaceJSON {
        (json, names) = (known, ParameterNames(style: .huggingFace, prefix: ""))
      } else {
        json = configuration.detectron2JSON
      }
    }
    let entries = parameters.entries(model.parameterSpecifications())
    try write(json, entries.map { (names.fileName(of: $0.name), $0.value) }, to: path)
  }

  /// Writes a configuration and tensors; each file is replaced only when the new one is complete.
  static func write(
    _ json: JSONValue, _ tensors: [(name: String, value: SafeTensorsValue)], to path: String
  ) throws(CheckpointError) {
    try makeDirectory(path)
    do throws(DataError) {
      try FileBytes.write(Array((json.text() + "\n").utf8), to: path + "/config.json")
    } catch {
      throw CheckpointError(path, error.description)
    }
    try SafeTensors.write(tensors, to: path + weightsName)
  }

  static func makeDirectory(_ path: String) throws(CheckpointError) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw CheckpointError(path, "cannot be made: \(CheckpointFile.systemMessage)")
    }
  }
}

extension Parameters {
  /// The tensors as checkpoints keep them, channels first.
  ///
  /// - Parameters:
  ///   - specifications: What to write.
  ///   - prefix: Stands before each name.
  /// - Returns: Names and values, in the order of the specifications.
  func entries(
    _ specifications: [ParameterSpecification], prefix: String = ""
  ) -> [(name: String, value: SafeTensorsValue)] {
    specifications.compactMap { specification in
      self[specification.name].map {
        (prefix + specification.name, .float(specification.layout.toCheckpoint($0)))
      }
    }
  }
}
