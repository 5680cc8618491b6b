/// Why a network cannot be made from a configuration and parameters.
public enum ModelError: Error, Hashable, CustomStringConvertible {
  /// The configuration contradicts itself.
  case configuration(String)
  /// A parameter is not there.
  case missing(String)
  /// A parameter has another shape than the configuration asks for.
  case shape(String, found: [Int], expected: [Int])

  /// One sentence that says what is wrong.
  public var description: String {
    switch self {
    case .configuration(let reason): reason
    case .missing(let name): "the parameter \(name) is missing"
    case .shape(let name, let found, let expected):
      "the parameter \(name) has the shape \(found), but the configuration asks for \(expected)"
    }
  }
}
