internal import CImages

/// JPEG files through TurboJPEG.
enum JPEG {
  static func decode(_ bytes: [UInt8], name: String) throws(DataError) -> Image {
    guard let handle = tjInitDecompress() else {
      throw DataError("\(name): the JPEG decoder does not start")
    }
    defer { tjDestroy(handle) }
    var (width, height, subsampling, colorspace) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let count = UInt(bytes.count)
    guard
      tjDecompressHeader3(handle, bytes, count, &width, &height, &subsampling, &colorspace) == 0
    else { throw DataError("\(name): damaged JPEG: \(message(handle))") }
    try Image.checkSize(width: Int(width), height: Int(height), name: name)

    let isPrint = colorspace == TJCS_CMYK.rawValue || colorspace == TJCS_YCCK.rawValue
    let format = isPrint ? TJPF_CMYK : TJPF_RGB
    var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * (isPrint ? 4 : 3))
    // Files of thousands of scans exist only to keep a decoder busy.
    let flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS
    let result = tjDecompress2(
      handle, bytes, count, &pixels, width, 0, height, format.rawValue, flags)
    // Warnings count as faults too: the decoder fills what is missing with grey and goes on.
    guard result == 0 else { throw DataError("\(name): damaged JPEG: \(message(handle))") }
    let image = Image(
      width: Int(width), height: Int(height), pixels: isPrint ? fromPrint(pixels) : pixels)
    return ExifOrientation.read(bytes).upright(image)
  }

  /// Turns cyan, magenta, yellow and black into red, green and blue without a colour profile.
  ///
  /// Adobe's programs store the complement of each ink, and nearly all such files come from them; Pillow
  /// assumes the same.
  private static func fromPrint(_ inks: [UInt8]) -> [UInt8] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(inks.count / 4 * 3)
    for start in stride(from: 0, to: inks.count, by: 4) {
      let light = Int(inks[start + 3])
      for channel in 0..<3 {
        pixels.append(UInt8((Int(inks[start + channel]) * light + 127) / 255))
      }
    }
    return pixels
  }

  private static func message(_ handle: tjhandle) -> String {
    tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown fault"
  }
}
