import Glibc

/// The Unix socket between a presenter and those who follow or control it, on one machine.
enum ClassroomSocket {
  /// Where it is: in the user's runtime directory, or where there is none in one of the user's own under `/tmp`.
  static func path(environment: (String) -> String? = environmentVariable) -> String {
    if let directory = environment("XDG_RUNTIME_DIR"), directory.hasPrefix("/") {
      return "\(directory)/vitdet/present.sock"
    }
    return "/tmp/vitdet-\(getuid())/present.sock"
  }

  /// Begins to listen; a socket file that nobody answers at any more is replaced.
  ///
  /// - Throws: `ClassroomError` if somebody presents already, or the place cannot be used.
  static func listen(at path: String) throws(ClassroomError) -> Int32 {
    try prepareDirectory(of: path)
    let descriptor = try open(path)
    var isBound = bind(descriptor, to: path)
    if !isBound, errno == EADDRINUSE {
      if let other = connectIfAnswered(path) {
        close(other)
        close(descriptor)
        throw ClassroomError(
          "a presentation is running already; end it, or drive it with vitdet ctl (\(path))")
      }
      guard isSocket(path) else {
        close(descriptor)
        throw ClassroomError(
          "\(path): is no socket of a presentation; move it away, then present again")
      }
      unlink(path)
      isBound = bind(descriptor, to: path)
    }
    guard isBound, chmod(path, 0o600) == 0, Glibc.listen(descriptor, 16) == 0 else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw ClassroomError("\(path): no socket can be made here: \(reason)")
    }
    return descriptor
  }

  /// Reaches a presenter.
  ///
  /// - Throws: `ClassroomError` if nobody presents.
  static func connect(to path: String) throws(ClassroomError) -> Int32 {
    guard let descriptor = connectIfAnswered(path) else {
      throw ClassroomError(
        "nobody presents on this machine; start with vitdet present CHAPTER (\(path))")
    }
    return descriptor
  }

  private static func isSocket(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
  }

  /// Only the user may look into the directory, and it must be theirs.
  private static func prepareDirectory(of path: String) throws(ClassroomError) {
    let directory = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
    if mkdir(directory, 0o700) != 0, errno != EEXIST {
      throw ClassroomError("\(directory): cannot be made: \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard lstat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      status.st_uid == getuid()
    else { throw ClassroomError("\(directory): is not a directory of this user") }
    chmod(directory, 0o700)
  }

  private static func open(_ path: String) throws(ClassroomError) -> Int32 {
    guard path.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else {
      throw ClassroomError(
        "\(path): is too long for a socket; set XDG_RUNTIME_DIR to a shorter path")
    }
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else {
      throw ClassroomError("no socket can be made: \(String(cString: strerror(errno)))")
    }
    return descriptor
  }

  private static func connectIfAnswered(_ path: String) -> Int32? {
    guard let descriptor = try? open(path) else { return nil }
    let isConnected = withAddress(path) { Glibc.connect(descriptor, $0, $1) == 0 }
    if !isConnected { close(descriptor) }
    return isConnected ? descriptor : nil
  }

  private static func bind(_ descriptor: Int32, to path: String) -> Bool {
    withAddress(path) { Glibc.bind(descriptor, $0, $1) == 0 }
  }

  private static func withAddress<Result>(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
