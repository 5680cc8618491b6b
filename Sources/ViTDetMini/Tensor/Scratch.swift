/// Memory for what is made on the way: rows that begin where vectors do, at multiples of 64 bytes, with room behind the last.
final class Scratch {
  /// The first number.
  let start: UnsafeMutablePointer<Float>
  /// How far rows are apart: a multiple of 16.
  let stride: Int

  init(rows: Int, columns: Int) {
    stride = columns.roundedUp(to: 16)
    let count = rows * stride + 16
    start = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Float>.stride, alignment: 64
    ).bindMemory(to: Float.self, capacity: count)
    // What is behind a row takes part in vectors, and is never looked at.
    start.initialize(repeating: 0, count: count)
  }

  deinit { start.deallocate() }
}

extension Int {
  /// The smallest multiple that is not smaller.
  func roundedUp(to factor: Int) -> Int { (self + factor - 1) / factor * factor }
}
