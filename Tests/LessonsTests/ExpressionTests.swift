import Testing

@testable import Lessons

@Suite struct ExpressionTests {
  private func value(_ source: String) throws -> Value {
    try Expression(parsing: source).evaluate(in: SmallEnvironment())
  }

  @Test(arguments: [
    ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("2 ^ -1", 0.5),
    ("7 - 2 - 1", 4), ("7 % 4", 3), ("-1 % 4", 3), ("1e3 + 1.5", 1001.5), ("1 < 2", 1),
    ("3 <= 2", 0), ("1 == 1 && 2 > 1", 1), ("0 || 0", 0), ("!0", 1), ("!(3 > 2)", 0),
    ("0.1 + 0.2 == 0.3", 1), ("ceil(16 / window) * window", 18), ("tokens ^ 2", 65536),
    ("max(1, 5, 3)", 5), ("min(4)", 4), ("log2(8)", 3), ("sqrt(tokens)", 16), ("round(2.5)", 3),
    ("floor(-0.5)", -1), ("abs(-3)", 3), ("position == \"on\"", 1), ("position != \"on\"", 0),
    ("keysSeen(token(1, 15))", 36), ("realKeys(token(1,15))", 24),
    ("count(windowOf(token(1, 15)))", 36), ("count(cells(0, 0, 5, 5))", 36),
    ("count(union(cells(0,0,0,1), token(5, 5)))", 3),
    ("count(intersect(windowOf(token(15,15)), windowReal(token(15,15))))", 16),
    ("count(minus(cells(0,0,5,5), all))", 34),
  ])
  func evaluates(source: String, expected: Double) throws {
    #expect(try value(source) == .number(expected))
  }

  @Test func logicSkipsWhatItDoesNotNeed() throws {
    #expect(try value("0 && 1 / 0") == .number(0))
    #expect(try value("1 || nothing") == .number(1))
  }

  @Test(arguments: [
    ("", 1, "empty"), ("1 +", 4, "stands where a value"), ("(1", 3, "stands where ')'"),
    ("1 2", 3, "not expected"), ("2window", 2, "followed by 'w'"), ("a $ b", 3, "'$'"),
    ("\"on", 1, "not closed"), ("f(1,)", 5, "stands where a value"), ("a = b", 3, "'='"),
    ("1e999", 1, "not a number"), ("x; y", 2, "';'"), ("token(1, 2", 11, "stands where ')'"),
  ])
  func refusesToParse(source: String, column: Int, part: String) {
    let error = #expect(throws: ExpressionError.self) { try Expression(parsing: source) }
    #expect(error?.column == column)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    ("1 + windw", 5, "did you mean 'window'?"), ("1 / 0", 3, "divides by zero"),
    ("5 % 0", 3, "divides by zero"), ("10 ^ 999", 4, "not finite"), ("sqrt(0 - 1)", 1, "finite"),
    ("keySeen(token(0,0))", 1, "did you mean 'keysSeen'?"), ("token(1)", 1, "2 arguments, not 1"),
    ("token(1.5, 2)", 1, "whole numbers"), ("all + 1", 5, "not a set of cells"),
    ("count(3)", 1, "takes cells, not a number"), ("cells(3, 0, 1, 5)", 1, "no rectangle"),
    ("cells(0, 0, 9999, 9999)", 1, "no rectangle"), ("nothingLikeIt()", 1, "no function"),
  ])
  func refusesToEvaluate(source: String, column: Int, part: String) throws {
    let expression = try Expression(parsing: source)
    let error = #expect(throws: ExpressionError.self) {
      try expression.evaluate(in: SmallEnvironment())
    }
    #expect(error?.column == column)
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }

  @Test func boundsLengthAndDepth() {
    let deep = String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100)
    #expect(throws: ExpressionError.self) { try Expression(parsing: deep) }
    let signs = String(repeating: "-", count: 300) + "1"
    #expect(throws: ExpressionError.self) { try Expression(parsing: signs) }
    let long = "1" + String(repeating: "+1", count: 100_000)
    #expect(throws: ExpressionError.self) { try Expression(parsing: long) }
  }

  @Test func theLongestChainEvaluates() throws {
    #expect(try value("1" + String(repeating: "+1", count: 199)) == .number(200))
  }

  @Test func knowsWhatItReads() throws {
    let expression = try Expression(parsing: "  window == 16 && count(focus) > grid.h ", column: 10)
    #expect(expression.names == ["window", "focus", "grid.h"])
    #expect(expression.source == "window == 16 && count(focus) > grid.h")
    #expect(expression.column == 12)
  }
}
