internal import ViTDetMini

extension ModelFacts {
  /// Calls a function of the model, or returns nil if none has the name.
  ///
  /// - Throws: `FactError` when an argument is missing, of the wrong kind or outside the grid.
  public func call(_ name: String, _ arguments: [Value]) throws -> Value? {
    let given = FactArguments(function: name, values: arguments)
    return try geometric(name, given) ?? sizing(name, given) ?? neck(name, given)
      ?? boxes(name, given) ?? detected(name, given) ?? propagation(name, given)
      ?? costs(name, given) ?? measured(name, given)
  }

  /// Every function that `call` knows, for suggestions.
  public static let functions = [
    "row", "column", "keysSeen", "realKeys", "padKeys", "windowOf", "windowReal",
    "windowIndex", "neighbours", "everything", "rowCells", "columnCells", "tokensFor", "padTo",
    "windowsFor", "padShare", "projectionError", "shiftError", "permutationError",
    "influenceCells", "featureLevel", "anchorLevel", "levelCells", "coverage", "iou",
    "averagePrecision", "sceneObjects", "anchorBand", "readingError", "detectionsAbove",
    "gradientCells", "addedParameters", "changedNumbers", "counted", "countedSlope",
  ]

  /// Functions over places of the grid.
  private func geometric(_ name: String, _ given: FactArguments) throws -> Value? {
    let cut = configuration.windowGeometry
    switch name {
    case "row": return .number(Double(try given.onlyToken(in: cut).row))
    case "column": return .number(Double(try given.onlyToken(in: cut).column))
    case "windowIndex": return .number(Double(cut.windowIndex(of: try given.onlyToken(in: cut))))
    case "windowOf": return .tokens(cut.slots(sharedWith: try given.onlyToken(in: cut)))
    case "windowReal": return .tokens(cut.tokens(sharedWith: try given.onlyToken(in: cut)))
    case "keysSeen":
      return .number(Double(cut.slots(sharedWith: try given.onlyToken(in: cut)).count))
    case "realKeys":
      return .number(Double(cut.tokens(sharedWith: try given.onlyToken(in: cut)).count))
    case "padKeys":
      let query = try given.onlyToken(in: cut)
      return .number(
        Double(cut.slotsPerWindow - cut.tokens(sharedWith: query).count))
    case "neighbours":
      try given.expect(2)
      let centre = try given.token(0, in: cut)
      return .tokens(cells(around: centre, radius: try given.whole(1, 0...1 << 14)))
    case "everything":
      try given.expect(0)
      return .tokens(cells { _ in true })
    case "rowCells":
      try given.expect(1)
      let row = try given.whole(0, 0...cut.rows - 1)
      return .tokens(cells { $0.row == row })
    case "columnCells":
      try given.expect(1)
      let column = try given.whole(0, 0...cut.columns - 1)
      return .tokens(cells { $0.column == column })
    default: return nil
    }
  }

  /// Functions over plain numbers.
  private func sizing(_ name: String, _ given: FactArguments) throws -> Value? {
    let limits = 1...1 << 20
    switch name {
    case "tokensFor":
      try given.expect(2)
      let side = try given.whole(0, limits) / given.whole(1, limits)
      return .number(Double(side * side))
    case "padTo":
      try given.expect(2)
      return .number(
        Double(WindowGeometry.padded(try given.whole(0, limits), to: try given.whole(1, limits))))
    case "windowsFor":
      try given.expect(2)
      let side = try given.whole(0, limits)
      let geometry = WindowGeometry(
        rows: side, columns: side, window: try given.whole(1, limits))
      return .number(Double(geometry.windows))
    default: return nil
    }
  }

  /// The square around a token, cut at the grid's edge.
  private func cells(around centre: Token, radius: Int) -> Set<Token> {
    cells { abs($0.row - centre.row) <= radius && abs($0.column - centre.column) <= radius }
  }

  /// The tokens of the grid that a rule keeps.
  private func cells(where keep: (Token) -> Bool) -> Set<Token> {
    Set(configuration.windowGeometry.places.filter(keep))
  }
}

/// Why a function of the model could not answer, in one sentence.
public struct FactError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Creates an error from its sentence.
  public init(_ description: String) { self.description = description }
}

/// A function call's arguments, read with the checks that every function needs.
struct FactArguments {
  let function: String
  let values: [Value]

  /// Checks how many arguments there are.
  func expect(_ count: Int) throws(FactError) {
    guard values.count == count else {
      throw FactError("\(function) takes \(count) arguments, and \(values.count) were given")
    }
  }

  /// A whole number in a range.
  func whole(_ index: Int, _ range: ClosedRange<Int>) throws(FactError) -> Int {
    guard index < values.count, case .number(let number) = values[index],
      let whole = Int(exactly: number), range.contains(whole)
    else {
      throw FactError(
        "\(function): argument \(index + 1) must be a whole number from \(range.lowerBound) "
          + "to \(range.upperBound)")
    }
    return whole
  }

  /// One of some words.
  func word(_ index: Int, of words: [String]) throws(FactError) -> String {
    guard index < values.count, case .text(let word) = values[index], words.contains(word) else {
      let known = words.map { "\"\($0)\"" }.joined(separator: ", ")
      throw FactError("\(function): argument \(index + 1) must be one of \(known)")
    }
    return word
  }

  /// A place that exists after padding.
  func token(_ index: Int, in cut: WindowGeometry) throws(FactError) -> Token {
    guard index < values.count, case .token(let token) = values[index] else {
      throw FactError("\(function): argument \(index + 1) must be a token, as in token(2, 7)")
    }
    guard cut.contains(token) else {
      throw FactError(
        "\(function): token(\(token.row), \(token.column)) lies outside the "
          + "\(cut.paddedRows)×\(cut.paddedColumns) padded grid")
    }
    return token
  }

  /// A cell of a level.
  func token(_ index: Int, in level: NeckLevel?) throws(FactError) -> Token {
    guard let level else { throw FactError("\(function): there is no such level") }
    let grid = WindowGeometry(rows: level.rows, columns: level.columns, window: 1)
    return try token(index, in: grid)
  }

  /// The one argument of a function that takes a place.
  func onlyToken(in cut: WindowGeometry) throws(FactError) -> Token {
    try expect(1)
    return try token(0, in: cut)
  }
}
