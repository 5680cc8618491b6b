import Glibc

/// Whole files as bytes, with a limit, so that a wrong path can never fill the memory.
enum FileBytes {
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
  static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    let temporary = "\(path).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw DataError("\(path): cannot be written: \(reason(errno))") }
    var failure: Int32 = 0
    var written = 0
    while written < bytes.count && failure == 0 {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count >= 0 { written += count } else if errno != EINTR { failure = errno }
    }
    if close(descriptor) != 0 && failure == 0 { failure = errno }
    if failure == 0 && rename(temporary, path) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw DataError("\(path): cannot be written: \(reason(failure))")
    }
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
