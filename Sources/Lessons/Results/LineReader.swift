import Glibc

/// The lines of a file one after the other, in little memory whatever the file holds.
struct LineReader: ~Copyable {
  /// A line, or that it was too long to be one.
  enum Line {
    case text(ArraySlice<UInt8>)
    case tooLong
    /// What stands behind the last line end.
    case unended(ArraySlice<UInt8>)
  }

  private let descriptor: Int32
  private let path: String
  private let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private static let chunk = 1 << 16

  /// Opens a regular file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The most bytes of a line.
  /// - Throws: `FileError` for anything else, without waiting for a pipe or a device.
  init(path: String, limit: Int) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, reason: systemReason()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError(path: path, reason: "it is not a regular file")
    }
    self.descriptor = descriptor
    self.path = path
    self.limit = limit
  }

  deinit { close(descriptor) }

  /// The next line without its end; nil at the end of the file.
  mutating func next() throws(FileError) -> Line? {
    var isTooLong = false
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return isTooLong || end - start > limit ? .tooLong : .text(buffer[start..<end])
      }
      if buffer.count - start > limit {
        // Nothing of such a line is of use, so its rest is read past without being kept.
        isTooLong = true
        start = buffer.count
      }
      if isAtEnd {
        defer { start = buffer.count }
        if isTooLong { return .tooLong }
        return start < buffer.count ? .unended(buffer[start...]) : nil
      }
      try fill()
    }
  }

  private mutating func fill() throws(FileError) {
    buffer.removeSubrange(..<start)
    start = 0
    let known = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.chunk))
    var count = -1
    repeat {
      count = buffer.withUnsafeMutableBytes { bytes in
        read(descriptor, bytes.baseAddress.map { $0 + known }, Self.chunk)
      }
    } while count < 0 && errno == EINTR
    let failure = errno
    buffer.removeLast(Self.chunk - max(count, 0))
    guard count >= 0 else { throw FileError(path: path, reason: systemReason(failure)) }
    isAtEnd = count == 0
  }
}
