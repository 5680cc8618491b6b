extension ExpressionNode {
  func evaluate(in environment: some Environment) throws(ExpressionError) -> Value {
    switch self {
    case .constant(let value):
      return value
    case .name(let name, let column):
      if let value = environment.value(of: name) { return value }
      throw ExpressionError(
        column: column, "nothing is named '\(name)'",
        suggestion: closest(to: name, in: environment.vocabulary).map { "did you mean '\($0)'?" })
    case .call(let name, let nodes, let column):
      var arguments: [Value] = []
      for node in nodes { arguments.append(try node.evaluate(in: environment)) }
      return try result(of: name, arguments, column: column, in: environment)
    case .unary(let operation, let node, let column):
      let operand = try number(node.evaluate(in: environment), column)
      return .number(operation == .minus ? -operand : (operand == 0 ? 1 : 0))
    case .binary(.and, let left, let right, let column):
      guard try number(left.evaluate(in: environment), column) != 0 else { return .number(0) }
      return .number(try number(right.evaluate(in: environment), column) != 0 ? 1 : 0)
    case .binary(.or, let left, let right, let column):
      guard try number(left.evaluate(in: environment), column) == 0 else { return .number(1) }
      return .number(try number(right.evaluate(in: environment), column) != 0 ? 1 : 0)
    case .binary(let operation, let left, let right, let column):
      return try apply(
        operation, left.evaluate(in: environment), right.evaluate(in: environment), column)
    }
  }

  private func result(
    of name: String, _ arguments: [Value], column: Int, in environment: some Environment
  ) throws(ExpressionError) -> Value {
    let value: Value?
    do {
      value = try ExpressionFunctions.call(name, arguments) ?? environment.call(name, arguments)
    } catch let error as ExpressionError {
      throw ExpressionError(column: column, error.message, suggestion: error.suggestion)
    } catch {
      throw ExpressionError(column: column, "\(name): \(error)")
    }
    guard let value else {
      let known = ExpressionFunctions.names + environment.vocabulary
      throw ExpressionError(
        column: column, "there is no function '\(name)'",
        suggestion: closest(to: name, in: known).map { "did you mean '\($0)'?" })
    }
    if case .number(let number) = value, !number.isFinite {
      throw ExpressionError(column: column, "\(name) gives no finite number here")
    }
    return value
  }

  private func number(_ value: Value, _ column: Int) throws(ExpressionError) -> Double {
    if case .number(let number) = value { return number }
    throw ExpressionError(column: column, "a number is needed here, not \(value.kindName)")
  }

  private func apply(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, _ column: Int
  ) throws(ExpressionError) -> Value {
    if operation == .equal { return .number(left.isNearly(right) ? 1 : 0) }
    if operation == .unequal { return .number(left.isNearly(right) ? 0 : 1) }
    let a = try number(left, column)
    let b = try number(right, column)
    let result: Double
    switch operation {
    case .less: result = a < b ? 1 : 0
    case .lessOrEqual: result = a <= b ? 1 : 0
    case .greater: result = a > b ? 1 : 0
    case .greaterOrEqual: result = a >= b ? 1 : 0
    case .plus: result = a + b
    case .minus: result = a - b
    case .times: result = a * b
    case .divide: result = a / b
    case .remainder: result = b == 0 ? .nan : a - b * (a / b).rounded(.down)
    case .power: result = power(a, b)
    case .or, .and, .equal, .unequal: preconditionFailure("\(operation) is decided by the caller")
    }
    guard result.isFinite else {
      let reason = b == 0 && operation != .power ? "this divides by zero" : "this is not finite"
      throw ExpressionError(column: column, reason)
    }
    return .number(result)
  }
}

/// The known word nearest to a mistyped one, if it is near.
func closest(to word: String, in known: some Sequence<String>) -> String? {
  let letters = Array(word.lowercased())
  let scored = known.map { (editDistance(letters, Array($0.lowercased())), $0) }
  guard let best = scored.min(by: { $0 < $1 }) else { return nil }
  return best.0 <= max(1, (letters.count + 1) / 3) ? best.1 : nil
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let substituted = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
