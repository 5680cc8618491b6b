/// How a camera was held, as it wrote it into a JPEG: the number says where row 0 and column 0 belong.
///
/// Source: Exif 2.3, tag 0x0112.
enum ExifOrientation: Int, CaseIterable {
  case upright = 1
  case mirrored, halfTurn, flipped, transposed, quarterTurnClockwise, transversed,
    quarterTurnCounterclockwise

  /// Finds the orientation in the first Exif segment; upright if there is none or it makes no sense.
  static func read(_ jpeg: [UInt8]) -> ExifOrientation {
    var start = 2
    while start + 4 <= jpeg.count, jpeg[start] == 0xFF {
      let marker = jpeg[start + 1]
      // Fill bytes may stand before a marker; the picture's own data begin at SOS.
      if marker == 0xFF {
        start += 1
        continue
      }
      if marker == 0xDA || marker == 0xD9 { break }
      let length = Int(jpeg[start + 2]) << 8 | Int(jpeg[start + 3])
      guard length >= 2, start + 2 + length <= jpeg.count else { break }
      let segment = jpeg[start + 4..<start + 2 + length]
      if marker == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) {
        return tag(Array(segment.dropFirst(6))).flatMap(ExifOrientation.init) ?? .upright
      }
      start += 2 + length
    }
    return .upright
  }

  /// The value of tag 0x0112 in the first directory of a TIFF header.
  private static func tag(_ tiff: [UInt8]) -> Int? {
    guard tiff.count >= 8 else { return nil }
    let isLittle = tiff.starts(with: Array("II".utf8))
    guard isLittle || tiff.starts(with: Array("MM".utf8)) else { return nil }
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start >= 0, start + count <= tiff.count else { return nil }
      let bytes = Array(tiff[start..<start + count])
      return (isLittle ? bytes.reversed() : bytes).reduce(0) { $0 << 8 | Int($1) }
    }
    guard number(2, 2) == 42, let directory = number(4, 4), let entries = number(directory, 2)
    else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + entry * 12
      guard let name = number(start, 2) else { return nil }
      if name == 0x0112 { return number(start + 8, 2) }
    }
    return nil
  }

  /// The picture as it should be seen.
  func upright(_ image: Image) -> Image {
    if self == .upright { return image }
    let turned = rawValue >= 5
    let (width, height) = turned ? (image.height, image.width) : (image.width, image.height)
    let (lastX, lastY) = (image.width - 1, image.height - 1)
    var result = Image(width: width, height: height, color: (0, 0, 0))
    for y in 0..<height {
      for x in 0..<width {
        let source =
          switch self {
          case .upright: (x, y)
          case .mirrored: (lastX - x, y)
          case .halfTurn: (lastX - x, lastY - y)
          case .flipped: (x, lastY - y)
          case .transposed: (y, x)
          case .quarterTurnClockwise: (y, lastY - x)
          case .transversed: (lastX - y, lastY - x)
          case .quarterTurnCounterclockwise: (lastX - y, x)
          }
        result[x: x, y: y] = image[x: source.0, y: source.1]
      }
    }
    return result
  }
}
