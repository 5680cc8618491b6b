/// Why a file cannot be read or written: one sentence that names the file and the fault.
public struct CheckpointError: Error, Hashable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What is wrong with it.
  public let fault: String

  /// Creates an error.
  public init(_ path: String, _ fault: String) {
    self.path = path
    self.fault = fault
  }

  /// “path: fault”, on one line.
  public var description: String { "\(printable(path)): \(fault)" }
}

/// A name from a file as it may appear in a message: on one line, without control characters, not endless.
func printable(_ name: String) -> String {
  let limit = 200
  var result = ""
  for scalar in name.unicodeScalars.prefix(limit) {
    result +=
      scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
  }
  return name.unicodeScalars.count > limit ? result + "…" : result
}
