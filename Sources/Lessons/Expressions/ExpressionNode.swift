/// An expression as a tree; `column` is where an error at that node points.
indirect enum ExpressionNode: Sendable {
  case constant(Value)
  case name(String, column: Int)
  case call(String, [ExpressionNode], column: Int)
  case unary(UnaryOperator, ExpressionNode, column: Int)
  case binary(BinaryOperator, ExpressionNode, ExpressionNode, column: Int)

  enum UnaryOperator: String, Sendable {
    case minus = "-"
    case not = "!"
  }

  enum BinaryOperator: String, Sendable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case remainder = "%"
    case power = "^"

    /// How tightly the operator binds; a higher number binds first.
    var precedence: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
      case .plus, .minus: 4
      case .times, .divide, .remainder: 5
      case .power: 7
      }
    }
  }

  /// A sign binds between the products and the powers, so that `-2 ^ 2` is -4.
  static let unaryPrecedence = 6

  var names: Set<String> {
    switch self {
    case .constant: []
    case .name(let name, _): [name]
    case .call(_, let arguments, _): arguments.reduce(into: []) { $0.formUnion($1.names) }
    case .unary(_, let operand, _): operand.names
    case .binary(_, let left, let right, _): left.names.union(right.names)
    }
  }
}
