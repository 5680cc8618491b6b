extension RunLengthMask {
  /// The runs as the short text of COCO files.
  ///
  /// From the fourth on, each run is written as its difference from the one before last, because neighbouring
  /// columns look alike; five bits a character, from "0" up, the sixth says that more follow.
  public var compressed: String {
    var text: [UInt8] = []
    for (index, count) in counts.enumerated() {
      var rest = index > 2 ? count - counts[index - 2] : count
      while true {
        let bits = UInt8(truncatingIfNeeded: rest & 0x1F)
        rest >>= 5
        // The fifth bit is the sign, so a number is at its end when all that is left repeats it.
        let isLast = rest == (bits & 0x10 == 0 ? 0 : -1)
        text.append(48 + (isLast ? bits : bits | 0x20))
        if isLast { break }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Creates a mask from the short text of COCO files.
  ///
  /// - Throws: ``DataError`` if the text is damaged or does not fill the picture exactly.
  public init(compressed text: String, width: Int, height: Int) throws(DataError) {
    var counts: [Int] = []
    var (value, shift) = (0, 0)
    for byte in text.utf8 {
      guard 48..<112 ~= byte else {
        throw DataError("a compressed mask holds characters from 0 to o, not byte \(byte)")
      }
      guard shift < 50 else { throw DataError("a run of a compressed mask is too long") }
      let bits = Int(byte - 48)
      value |= (bits & 0x1F) << shift
      shift += 5
      if bits & 0x20 != 0 { continue }
      if bits & 0x10 != 0 { value |= -1 << shift }
      counts.append(counts.count > 2 ? value + counts[counts.count - 2] : value)
      (value, shift) = (0, 0)
    }
    guard shift == 0 else { throw DataError("a compressed mask ends inside a run") }
    try self.init(checking: counts, width: width, height: height)
  }

  /// Creates a mask from runs that a file gives.
  ///
  /// - Throws: ``DataError`` if a run is negative or the runs do not fill the picture exactly.
  public init(checking counts: [Int], width: Int, height: Int) throws(DataError) {
    var total = 0
    for count in counts {
      guard count >= 0 && count <= width * height - total else {
        throw DataError(
          "the runs of a mask do not add up to the \(width * height) pixels of \(width)x\(height)")
      }
      total += count
    }
    guard total == width * height else {
      throw DataError("the runs of a mask cover \(total) pixels of \(width)x\(height)")
    }
    self.init(width: width, height: height, counts: counts)
  }
}
