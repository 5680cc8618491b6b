internal import CImages

/// PNG files through libpng's simplified interface, which neither prints nor jumps.
enum PNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> Image {
    let (kept, compressed) = try chunksThatMatter(bytes, name: name)
    return try kept.withUnsafeBufferPointer { buffer throws(DataError) in
      try decode(buffer, compressed: compressed, name: name)
    }
  }

  /// Decodes in one go, because libpng keeps the address between its two steps.
  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, compressed: Int, name: String
  ) throws(DataError) -> Image {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
      throw DataError("\(name): damaged PNG: \(message(image))")
    }
    let (width, height) = (Int(image.width), Int(image.height))
    try Image.checkSize(width: width, height: height, name: name)
    // Deflate cannot pack more than 1032 bytes into one, so a large picture from few bytes is a lie
    // that need not cost memory. An eighth of a byte is the smallest pixel.
    guard width * height / 8 <= 1032 * (compressed + 16) else {
      throw DataError(
        "\(name): damaged PNG: \(compressed) bytes cannot hold \(width)x\(height) pixels")
    }

    // 16-bit pictures without a gamma chunk would otherwise be taken as linear light.
    image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
    let hasAlpha = image.format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR) | (hasAlpha ? UInt32(PNG_FORMAT_FLAG_ALPHA) : 0)
    var pixels = [UInt8](repeating: 0, count: width * height * (hasAlpha ? 4 : 3))
    let finished = png_image_finish_read(&image, nil, &pixels, 0, nil)
    guard finished != 0 && image.warning_or_error < 2 else {
      throw DataError("\(name): damaged PNG: \(message(image))")
    }
    return Image(width: width, height: height, pixels: hasAlpha ? onWhite(pixels) : pixels)
  }

  static func encode(_ picture: Image) throws(DataError) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(picture.width)
    image.height = UInt32(picture.height)
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    // Filters and long searches make textured pictures larger, not smaller, and take most of the time.
    image.flags = UInt32(PNG_IMAGE_FLAG_FAST)
    defer { png_image_free(&image) }
    // The most that deflate can need: stored blocks, a filter byte a row, chunk headers for each 8 KiB.
    let raw = (picture.width * 3 + 1) * picture.height
    var bytes = [UInt8](repeating: 0, count: raw + raw / 256 + 4096)
    var size = bytes.count
    let written = bytes.withUnsafeMutableBytes { target in
      picture.pixels.withUnsafeBytes { source in
        png_image_write_to_memory(&image, target.baseAddress, &size, 0, source.baseAddress, 0, nil)
      }
    }
    guard written != 0 else {
      throw DataError("the picture cannot be written as PNG: \(message(image))")
    }
    return Array(bytes[..<size])
  }

  /// Keeps the chunks that say which pixel has which value, and counts the compressed bytes.
  ///
  /// Gamma and colour profiles are left out on purpose: detectors are trained on the stored numbers, and
  /// reading the chunks would convert them. Text chunks can unpack to gigabytes.
  private static func chunksThatMatter(
    _ bytes: [UInt8], name: String
  ) throws(DataError) -> (kept: [UInt8], compressed: Int) {
    let wanted: Set<[UInt8]> = Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].map { Array($0.utf8) })
    var kept = signature
    var compressed = 0
    var start = signature.count
    while start + 12 <= bytes.count {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let kind = Array(bytes[start + 4..<start + 8])
      let end = start + 12 + length
      guard end <= bytes.count else {
        let kindName = String(decoding: kind, as: UTF8.self)
        throw DataError("\(name): damaged PNG: the file ends inside the \(kindName) chunk")
      }
      if wanted.contains(kind) { kept += bytes[start..<end] }
      if kind == Array("IDAT".utf8) { compressed += length }
      if kind == Array("IEND".utf8) { return (kept, compressed) }
      start = end
    }
    throw DataError("\(name): damaged PNG: the file ends before its end mark")
  }

  /// Lays pixels with opacity on white, in the stored numbers, as browsers and Pillow do.
  private static func onWhite(_ rgba: [UInt8]) -> [UInt8] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(rgba.count / 4 * 3)
    for start in stride(from: 0, to: rgba.count, by: 4) {
      let alpha = Int(rgba[start + 3])
      for channel in 0..<3 {
        let mixed = Int(rgba[start + channel]) * alpha + 255 * (255 - alpha)
        pixels.append(UInt8((mixed + 127) / 255))
      }
    }
    return pixels
  }

  private static func message(_ image: png_image) -> String {
    withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
