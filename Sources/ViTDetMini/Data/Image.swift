/// A picture: rows of 8-bit red, green and blue, from the top left.
public struct Image: Sendable, Hashable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `width * height * 3` bytes: row by row, red, green and blue of each pixel.
  public var pixels: [UInt8]

  /// The longest side that is read.
  public static let longestSide = 16_384
  /// The most pixels that are read: 64 megapixels, 192 MiB of memory.
  public static let mostPixels = 1 << 26

  /// Creates a picture from its bytes.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * 3,
      "a picture of \(width)x\(height) needs \(width * height * 3) bytes, not \(pixels.count)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Creates a picture of one colour.
  public init(width: Int, height: Int, color: (red: UInt8, green: UInt8, blue: UInt8)) {
    var pixels = [UInt8](repeating: color.red, count: width * height * 3)
    for start in stride(from: 0, to: pixels.count, by: 3) {
      pixels[start + 1] = color.green
      pixels[start + 2] = color.blue
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The colour of one pixel.
  public subscript(x x: Int, y y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    get {
      let start = offset(x, y)
      return (pixels[start], pixels[start + 1], pixels[start + 2])
    }
    set {
      let start = offset(x, y)
      pixels[start] = newValue.red
      pixels[start + 1] = newValue.green
      pixels[start + 2] = newValue.blue
    }
  }

  private func offset(_ x: Int, _ y: Int) -> Int {
    precondition(
      0..<width ~= x && 0..<height ~= y, "pixel (\(x), \(y)) of a \(width)x\(height) picture")
    return (y * width + x) * 3
  }

  /// Reads a PNG or JPEG file, whatever its name.
  ///
  /// Grey becomes equal red, green and blue; 16 bits become 8; transparent pixels are laid on white; CMYK is
  /// converted the simple way, without a colour profile; the orientation that a camera wrote into a
  /// JPEG is applied. Sizes are checked against ``longestSide`` and ``mostPixels`` before memory is taken.
  ///
  /// - Throws: ``DataError`` if the file cannot be read, is neither format, is too large or is damaged.
  public static func read(path: String) throws(DataError) -> Image {
    let bytes = try FileBytes.read(path, limit: 256 << 20)
    return try decode(bytes, name: path)
  }

  /// Decodes the bytes of a PNG or JPEG file; `name` stands in front of error messages.
  ///
  /// - Throws: ``DataError`` as ``read(path:)``.
  public static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> Image {
    if bytes.isEmpty { throw DataError("\(name): is empty") }
    if bytes.starts(with: PNG.signature) { return try PNG.decode(bytes, name: name) }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return try JPEG.decode(bytes, name: name) }
    throw DataError("\(name): is neither a PNG nor a JPEG picture")
  }

  /// Writes the picture as a PNG file; the same picture always gives the same bytes.
  ///
  /// - Throws: ``DataError`` if the file cannot be written.
  public func writePNG(to path: String) throws(DataError) {
    try FileBytes.write(try png(), to: path)
  }

  /// The picture as the bytes of a PNG file.
  ///
  /// - Throws: ``DataError`` if there is not enough memory for it.
  public func png() throws(DataError) -> [UInt8] { try PNG.encode(self) }

  /// Refuses sizes that are not worth their memory, with the reason.
  static func checkSize(width: Int, height: Int, name: String) throws(DataError) {
    guard width > 0 && height > 0 else {
      throw DataError("\(name): is a picture of \(width)x\(height) pixels, nothing to see")
    }
    guard max(width, height) <= longestSide else {
      throw DataError(
        "\(name): \(width)x\(height) is too large; a side may have \(longestSide) pixels")
    }
    guard width * height <= mostPixels else {
      throw DataError(
        "\(name): \(width)x\(height) is too large; a picture may have \(mostPixels >> 20) megapixels"
      )
    }
  }
}
