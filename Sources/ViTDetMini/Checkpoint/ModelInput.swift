/// What a model is run on: a picture, or numbers that were prepared elsewhere.
public struct ModelInput: Sendable {
  /// `[B, H, W, 3]`, normalised.
  public let pixels: Tensor
  /// The gradient to send back from the backbone's result, `[B, h, w, C]`, if the file carries one.
  public let cotangent: Tensor?

  /// Reads a PNG or JPEG picture, or a safetensors file with `pixel_values` `[B, 3, H, W]` and perhaps `cotangent`.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - configuration: The backbone that the input is for.
  /// - Returns: The input, fit for the backbone.
  /// - Throws: `CheckpointError` or `DataError` that names the file and the fault.
  public static func read(
    path: String, for configuration: ViTConfiguration
  ) throws -> ModelInput {
    guard try !isPicture(path) else {
      guard configuration.inChans == 3 else {
        throw CheckpointError(
          path, "is a picture of 3 channels, but the model takes \(configuration.inChans)")
      }
      let input = ModelInput(pixels: try Image.read(path: path).normalised(), cotangent: nil)
      try input.check(path, configuration)
      return input
    }
    let file = try SafeTensors(path: path)
    let input = ModelInput(
      pixels: try file.map("pixel_values"),
      cotangent: file["cotangent"] == nil ? nil : try file.map("cotangent"))
    try input.check(path, configuration)
    return input
  }

  /// Whether a file begins as a PNG or a JPEG does.
  ///
  /// - Throws: `CheckpointError` if it cannot be opened, or is no safetensors file either.
  static func isPicture(_ path: String) throws(CheckpointError) -> Bool {
    let file = try CheckpointFile(path)
    let start = try file.bytes(0..<min(4, file.count))
    if start == [0x89, 0x50, 0x4E, 0x47] || start.starts(with: [0xFF, 0xD8, 0xFF]) { return true }
    // A safetensors header is a JSON object behind its length of eight bytes.
    guard try file.bytes(0..<min(9, file.count)).dropFirst(8).first.map({ $0 == 0x7B }) ?? true
    else { throw CheckpointError(path, "is neither a PNG, a JPEG nor a safetensors file") }
    return false
  }

  private func check(
    _ path: String, _ configuration: ViTConfiguration
  ) throws(CheckpointError) {
    let shape = pixels.shape
    guard shape[0] > 0, shape[3] == configuration.inChans else {
      throw CheckpointError(
        path,
        "has \(shape[0]) images of \(shape[3]) channels, but the model takes at least one of "
          + "\(configuration.inChans)")
    }
    guard min(shape[1], shape[2]) >= configuration.patchSize else {
      throw CheckpointError(
        path,
        "is \(shape[1])×\(shape[2]) pixels, smaller than a patch of \(configuration.patchSize)")
    }
    let grid = configuration.grid(of: Extent(height: shape[1], width: shape[2]))
    let expected = [shape[0], grid.height, grid.width, configuration.embedDim]
    if let cotangent, cotangent.shape != expected {
      throw CheckpointError(
        path, "has a cotangent \(cotangent.shape), channels last, instead of \(expected)")
    }
  }
}

extension SafeTensors {
  /// Reads a stack of maps `[B, C, H, W]`, channels last.
  func map(_ name: String) throws(CheckpointError) -> Tensor {
    let tensor = try tensor(named: name)
    guard tensor.rank == 4 else {
      throw CheckpointError(path, "has \(name) in the shape \(tensor.shape), not [N, C, H, W]")
    }
    guard tensor.storage.allSatisfy(\.isFinite) else {
      throw CheckpointError(path, "has numbers in \(name) that are not finite")
    }
    return tensor.channelsLast
  }
}
