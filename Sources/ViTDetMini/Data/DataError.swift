/// Why a picture, a data set or a results file cannot be used: one sentence for the person who gave it.
public struct DataError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, where, and what would be right.
  public let description: String

  /// Creates an error from its sentence.
  public init(_ description: String) { self.description = description }
}
