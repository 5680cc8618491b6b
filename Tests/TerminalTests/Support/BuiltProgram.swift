import Glibc

/// The programs that were built beside these tests.
enum BuiltProgram {
  /// The path of an executable target's product.
  static func path(_ name: String) -> String {
    for start in ["/proc/self/exe", CommandLine.arguments[0]] {
      let directory = resolved(start).split(separator: "/").dropLast().joined(separator: "/")
      let candidate = "/\(directory)/\(name)"
      if access(candidate, X_OK) == 0 { return candidate }
    }
    return name
  }

  private static func resolved(_ path: String) -> String {
    guard let pointer = realpath(path, nil) else { return path }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
