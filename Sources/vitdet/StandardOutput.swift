import Glibc

/// Standard output without a buffer in between, so that a question is seen before its answer is read.
enum StandardOutput {
  static func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress.map { $0 + start }, bytes.count - start)
      }
      // A closed pipe or a full disk: nobody reads on.
      guard count > 0 || errno == EINTR else { return }
      start += max(count, 0)
    }
  }
}
