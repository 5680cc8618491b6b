/// What a detector is run on, both as its network takes it and as people see it.
public struct DetectorInput: Sendable {
  /// The network's input, with the way back.
  public let prepared: PreparedPicture
  /// The picture in its original size, for drawing.
  public let picture: Image

  /// Reads a picture, or a safetensors file with `image` `[3, H, W]` (0 to 255, resized already) and perhaps
  /// `original_size` `[2]` (height and width).
  ///
  /// - Throws: `DataError` or `CheckpointError` that names the file and the fault.
  public static func read(
    path: String, for preparation: PicturePreparation
  ) throws -> DetectorInput {
    if try ModelInput.isPicture(path) {
      let picture = try Image.read(path: path)
      return DetectorInput(
        prepared: try PreparedPicture(picture, preparation), picture: picture)
    }
    let file = try SafeTensors(path: path)
    let stored = try file.tensor(named: "image")
    guard stored.rank == 3, stored.shape[0] == 3, stored.shape[1] > 0, stored.shape[2] > 0 else {
      throw CheckpointError(path, "has image in the shape \(stored.shape), not [3, H, W]")
    }
    guard stored.storage.allSatisfy(\.isFinite) else {
      throw CheckpointError(path, "has numbers in image that are not finite")
    }
    let values = stored.permuted([1, 2, 0])
    let size = Extent(height: values.shape[0], width: values.shape[1])
    let original = try originalSize(in: file, path: path) ?? size
    let seen = Image(
      width: size.width, height: size.height,
      pixels: values.storage.map { UInt8(min(max($0, 0), 255).rounded()) })
    return DetectorInput(
      prepared: try PreparedPicture(
        values: values.reshaped(to: [1] + values.shape), preparation, originalSize: original),
      picture: seen.resized(width: original.width, height: original.height))
  }

  private static func originalSize(in file: SafeTensors, path: String) throws -> Extent? {
    guard file["original_size"] != nil else { return nil }
    let sides = try file.integers(named: "original_size")
    guard sides.count == 2 else {
      throw CheckpointError(path, "has original_size \(sides), not height and width")
    }
    try Image.checkSize(width: sides[1], height: sides[0], name: path)
    return Extent(height: sides[0], width: sides[1])
  }
}
