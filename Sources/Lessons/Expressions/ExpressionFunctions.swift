import Glibc

/// The functions that every expression can call; what depends on the model comes from the `Environment`.
enum ExpressionFunctions {
  static let names = [
    "token", "cells", "floor", "ceil", "round", "sqrt", "log2", "abs", "min", "max", "count",
    "union", "intersect", "minus",
  ]

  /// The largest side of `cells(…)`: ViTDet's grid has 64, so this bounds only mistakes.
  private static let maximumSide = 512

  static func call(_ name: String, _ arguments: [Value]) throws(ExpressionError) -> Value? {
    switch name {
    case "floor": return .number(try number(name, arguments).rounded(.down))
    case "ceil": return .number(try number(name, arguments).rounded(.up))
    case "round": return .number(try number(name, arguments).rounded())
    case "sqrt": return .number(try number(name, arguments).squareRoot())
    case "log2": return .number(log2(try number(name, arguments)))
    case "abs": return .number(abs(try number(name, arguments)))
    case "min": return .number(try numbers(name, arguments, atLeast: 1).reduce(.infinity, min))
    case "max": return .number(try numbers(name, arguments, atLeast: 1).reduce(-.infinity, max))
    case "token":
      let place = try integers(name, arguments, count: 2)
      return .token(Token(row: place[0], column: place[1]))
    case "cells":
      return .tokens(try rectangle(integers(name, arguments, count: 4)))
    case "count":
      let sets = try tokenSets(name, arguments, count: 1)
      return .number(Double(sets[0].count))
    case "union":
      return .tokens(try tokenSets(name, arguments).reduce(into: []) { $0.formUnion($1) })
    case "intersect":
      let sets = try tokenSets(name, arguments, count: 2)
      return .tokens(sets[0].intersection(sets[1]))
    case "minus":
      let sets = try tokenSets(name, arguments, count: 2)
      return .tokens(sets[0].subtracting(sets[1]))
    default:
      return nil
    }
  }

  /// `cells(r0, c0, r1, c1)`: the rectangle from one corner to the other, both included.
  private static func rectangle(_ corners: [Int]) throws(ExpressionError) -> Set<Token> {
    let (top, left, bottom, right) = (corners[0], corners[1], corners[2], corners[3])
    guard top <= bottom, left <= right, bottom - top < maximumSide, right - left < maximumSide
    else {
      throw ExpressionError(
        column: 1, "cells(\(top), \(left), \(bottom), \(right)) is no rectangle",
        suggestion: "write cells(top, left, bottom, right)")
    }
    var result: Set<Token> = []
    for row in top...bottom {
      for column in left...right { result.insert(Token(row: row, column: column)) }
    }
    return result
  }

  private static func number(_ name: String, _ arguments: [Value]) throws(ExpressionError) -> Double
  {
    try numbers(name, arguments, exactly: 1)[0]
  }

  private static func numbers(
    _ name: String, _ arguments: [Value], exactly count: Int? = nil, atLeast minimum: Int = 0
  ) throws(ExpressionError) -> [Double] {
    try check(name, arguments, count: count, minimum: minimum)
    var result: [Double] = []
    for argument in arguments {
      guard case .number(let number) = argument else {
        throw ExpressionError(column: 1, "\(name) takes numbers, not \(argument.kindName)")
      }
      result.append(number)
    }
    return result
  }

  private static func integers(
    _ name: String, _ arguments: [Value], count: Int
  ) throws(ExpressionError) -> [Int] {
    var result: [Int] = []
    for number in try numbers(name, arguments, exactly: count) {
      guard let integer = Int(exactly: number), abs(integer) <= 1 << 20 else {
        throw ExpressionError(column: 1, "\(name) takes whole numbers, not \(number)")
      }
      result.append(integer)
    }
    return result
  }

  private static func tokenSets(
    _ name: String, _ arguments: [Value], count: Int? = nil
  ) throws(ExpressionError) -> [Set<Token>] {
    try check(name, arguments, count: count, minimum: 1)
    var result: [Set<Token>] = []
    for argument in arguments {
      switch argument {
      case .tokens(let set): result.append(set)
      case .token(let token): result.append([token])
      default: throw ExpressionError(column: 1, "\(name) takes cells, not \(argument.kindName)")
      }
    }
    return result
  }

  private static func check(
    _ name: String, _ arguments: [Value], count: Int?, minimum: Int
  ) throws(ExpressionError) {
    let fits = count.map { arguments.count == $0 } ?? (arguments.count >= minimum)
    if !fits {
      let wanted = count.map(String.init) ?? "at least \(minimum)"
      throw ExpressionError(
        column: 1,
        "\(name) takes \(wanted) argument\(wanted == "1" ? "" : "s"), not \(arguments.count)")
    }
  }
}

/// A power, kept here so that only this file needs the C library's mathematics.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
