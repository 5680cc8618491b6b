/// The parameters of a network as variables, looked up by the modules while they are put together.
struct ParameterTable {
  private let variables: [String: Variable]
  private let prefix: String

  /// Checks that every specified parameter is there in its shape, and makes variables of them.
  init(
    _ specifications: [ParameterSpecification], _ parameters: Parameters, trainable: Bool
  ) throws(ModelError) {
    var variables: [String: Variable] = [:]
    for specification in specifications {
      guard let tensor = parameters[specification.name] else {
        throw .missing(specification.name)
      }
      guard tensor.shape == specification.shape else {
        throw .shape(specification.name, found: tensor.shape, expected: specification.shape)
      }
      variables[specification.name] = Variable(tensor, requiresGradient: trainable)
    }
    self.variables = variables
    prefix = ""
  }

  private init(variables: [String: Variable], prefix: String) {
    self.variables = variables
    self.prefix = prefix
  }

  /// The table seen from inside a module.
  func scoped(_ name: String) -> ParameterTable {
    ParameterTable(variables: variables, prefix: prefix + name + ".")
  }

  /// The full name of a module's part.
  func name(_ part: String) -> String { prefix + part }

  /// A parameter that the specifications promised.
  subscript(name: String) -> Variable {
    guard let variable = variables[prefix + name] else {
      preconditionFailure("\(prefix + name) is no specified parameter")
    }
    return variable
  }

  /// A parameter that may be left out.
  func optional(_ name: String) -> Variable? { variables[prefix + name] }
}
