import Glibc

/// Whole files as bytes, with a limit, so that a wrong path can never fill the memory.
public enum FileBytes {
  /// Reads a file of at most `limit` bytes.
  ///
  /// Reads to the end instead of trusting the size that the system reports, because a device or a pipe
  /// reports none.
  static func read(_ path: String, limit: Int) throws(DataError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DataError("\(path): \(reason(errno))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw DataError("\(path): \(reason(errno))") }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw DataError("\(path): is a directory, not a file")
    }
    guard status.st_size <= limit else { throw tooLarge(path, limit) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw DataError("\(path): \(reason(errno))") }
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else { throw tooLarge(path, limit) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Writes a file, replacing what was there only when all bytes are on the disk.
  ///
  /// - Throws: ``DataError`` if it cannot be written, or if something stands there that is no file, such as a device.
  public static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    let file = try ReplacedFile(path: path)
    try file.write(bytes)
    try file.commit()
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> DataError {
    DataError("\(path): is larger than \(limit >> 20) MiB, the most that is read")
  }

  /// The system's words for an error number.
  static func reason(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text).lowercased()
  }
}
