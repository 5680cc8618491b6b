@testable import Lessons

extension Laboratory {
  /// One laboratory for all tests: the model runs once for what several of them look at.
  static let shared = Laboratory()
}

extension Figure {
  /// A figure of the shared laboratory.
  static func made(
    _ name: String, _ knobs: [String: String] = [:], focus: Token = Token(row: 2, column: 7),
    view: Int = 0, language: Language = .en
  ) throws -> Figure {
    try FigureCatalog.figure(
      FigureRequest(name: name, knobs: knobs, focus: focus, view: view, language: language),
      laboratory: .shared)
  }

  /// The grid of a figure that is one.
  var grid: GridContent? {
    if case .grid(let content) = body { content } else { nil }
  }

  /// The table of a figure that is one.
  var table: Table? {
    if case .table(let table) = body { table } else { nil }
  }
}

extension GridContent {
  /// The values of a heat map.
  var values: [Float] {
    if case .heat(let values, _) = cells { values } else { [] }
  }

  /// The places whose letter is the given one.
  func places(of letter: Character) -> Set<Token> {
    guard case .classes(let classes, let letters) = cells else { return [] }
    return Set(
      classes.indices.filter { letters[classes[$0]] == letter }
        .map { Token(row: $0 / columns, column: $0 % columns) })
  }
}
