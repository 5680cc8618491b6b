import Glibc

/// Where a command says what is no result.
enum StandardError {
  /// Writes text as it is.
  static func write(_ text: String) {
    Array(text.utf8).withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
