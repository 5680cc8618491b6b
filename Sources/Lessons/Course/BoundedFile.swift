import Glibc

/// A file that could not be read, and why, in the system's words.
struct FileError: Error, Sendable, Hashable {
  let path: String
  let reason: String
}

/// The first `limit` bytes of a regular file.
///
/// Never waits: a pipe or a device under the name is refused instead of read.
func readFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw FileError(path: path, reason: "it is not a regular file")
  }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: min(limit, 1 << 16))
  while bytes.count < limit {
    let count = read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw FileError(path: path, reason: systemReason()) }
    if count == 0 { break }
    bytes.append(contentsOf: buffer[..<count])
  }
  return bytes
}

/// The names in a directory, sorted.
func listDirectory(_ path: String) throws(FileError) -> [String] {
  guard let directory = opendir(path) else { throw FileError(path: path, reason: systemReason()) }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// What the last system call complained about.
func systemReason(_ code: Int32 = errno) -> String {
  guard let text = strerror(code) else { return "error \(code)" }
  return String(cString: text).lowercased()
}
