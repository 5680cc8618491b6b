import Glibc

/// A file that is written piece by piece, and takes the place of what was there only when all of it is on the disk.
///
/// What was not committed leaves nothing behind.
public final class ReplacedFile {
  /// Where the file will be.
  public let path: String
  private let temporary: String
  private var descriptor: Int32
  private var waiting: [UInt8] = []
  private static let chunk = 1 << 16

  /// Begins a file.
  ///
  /// - Throws: ``DataError`` if nothing can be written beside the path, or if something stands there that is no file.
  public init(path: String) throws(DataError) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let what = status.st_mode & S_IFMT == S_IFDIR ? "is a directory" : "is no regular file"
      throw DataError("\(path): cannot be written: \(what)")
    }
    temporary = "\(path).\(getpid()).part"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw DataError("\(path): cannot be written: \(FileBytes.reason(errno))")
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// Writes what follows.
  ///
  /// - Throws: ``DataError`` if the disk does not take it.
  public func write(_ bytes: some Sequence<UInt8>) throws(DataError) {
    waiting.append(contentsOf: bytes)
    if waiting.count >= Self.chunk { try flush() }
  }

  /// Puts the file in its place.
  ///
  /// - Throws: ``DataError`` if that fails; what stood there before is untouched then.
  public func commit() throws(DataError) {
    try flush()
    let closed = close(descriptor) == 0
    descriptor = -1
    guard closed, rename(temporary, path) == 0 else {
      let failure = errno
      unlink(temporary)
      throw DataError("\(path): cannot be written: \(FileBytes.reason(failure))")
    }
  }

  private func flush() throws(DataError) {
    var written = 0
    while written < waiting.count {
      let count = waiting.withUnsafeBytes { buffer in
        Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), waiting.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw DataError("\(path): cannot be written: \(FileBytes.reason(errno))")
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }
}
