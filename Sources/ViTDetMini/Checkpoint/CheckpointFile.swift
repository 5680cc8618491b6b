internal import Glibc

/// A file open for reading at any place, closed when let go.
final class CheckpointFile {
  let path: String
  let count: Int
  private let descriptor: Int32

  /// Opens a regular file.
  init(_ path: String) throws(CheckpointError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw CheckpointError(path, "cannot be opened: \(CheckpointFile.systemMessage)")
    }
    var status = stat()
    // A directory, a pipe or a device has no size to check claims against.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw CheckpointError(path, "is not a regular file")
    }
    count = Int(status.st_size)
  }

  /// Whether there is a file of that name.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether there is a directory of that name.
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A path that is relative to the folder of another file.
  static func path(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/"), let end = file.lastIndex(of: "/") else { return path }
    return file[...end] + path
  }

  deinit {
    close(descriptor)
  }

  /// What the system says about its last refusal.
  static var systemMessage: String { String(cString: strerror(errno)) }

  /// Reads `range` into memory that the caller has.
  func read(_ range: Range<Int>, into target: UnsafeMutableRawPointer) throws(CheckpointError) {
    var done = 0
    while done < range.count {
      let step = pread(
        descriptor, target + done, range.count - done, off_t(range.lowerBound + done))
      if step < 0 && errno == EINTR { continue }
      guard step > 0 else {
        throw CheckpointError(
          path, step < 0 ? "cannot be read: \(CheckpointFile.systemMessage)" : "became shorter")
      }
      done += step
    }
  }

  /// Reads `range` as bytes.
  ///
  /// - Precondition: `range` lies inside the file.
  func bytes(_ range: Range<Int>) throws(CheckpointError) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes: \(range) of \(count)")
    var result = [UInt8](repeating: 0, count: range.count)
    var failure: CheckpointError?
    result.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(CheckpointError) { try read(range, into: base) } catch { failure = error }
    }
    if let failure { throw failure }
    return result
  }
}
