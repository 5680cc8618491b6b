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
    try makeDirectory(path)
    do throws(DataError) {
      try FileBytes.write(Array((detector.json.text() + "\n").utf8), to: path + "/config.json")
    } catch {
      throw CheckpointError(path + "/config.json", error.description)
    }
    try SafeTensors.write(
      parameters.entries(detector.parameterSpecifications(), prefix: ""),
      to: path + "/model.safetensors")
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
  func entries(
    _ specifications: [ParameterSpecification], prefix: String
  ) -> [(name: String, value: SafeTensorsValue)] {
    specifications.compactMap { specification in
      self[specification.name].map {
        (prefix + specification.name, .float(specification.layout.toCheckpoint($0)))
      }
    }
  }
}
