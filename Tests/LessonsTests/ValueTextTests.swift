import Testing

@testable import Lessons

@Suite struct ValueTextTests {
  @Test(arguments: [
    (0.0, "0"), (7, "7"), (-256, "-256"), (999, "999"), (1000, "1,000"), (16_777_216, "16,777,216"),
    (2.690909, "2.691"), (17.469, "17.47"), (0.0237, "0.0237"), (0.5, "0.5"), (-0.25, "-0.25"),
    (99.996, "100"), (1234.567, "1,235"), (0.00012346, "0.0001235"), (1.234e-7, "1.23e-7"),
    (1e20, "1e20"), (36.000_000_000_1, "36"), (0.9999999, "1"),
    (.nan, "NaN"), (-.infinity, "-∞"), (1.7e308, "1.7e308"),
  ])
  func writesNumbers(number: Double, text: String) {
    #expect(Value.number(number).text(.en) == text)
    #expect(Value.number(number).text(.zh) == text)
  }

  @Test func writesPlacesShapesAndSets() {
    #expect(Value.token(Token(row: 1, column: 15)).text(.en) == "(1,15)")
    #expect(Value.shape([1, 16, 16, 64]).text(.en) == "1×16×16×64")
    #expect(Value.tokens([]).text(.zh) == "没有格子")
    let square: Set<Token> = [
      Token(row: 0, column: 0), Token(row: 0, column: 1), Token(row: 1, column: 0),
      Token(row: 1, column: 1),
    ]
    #expect(Value.tokens(square).text(.en) == "4 cells, (0,0)…(1,1)")
    let corner = square.subtracting([Token(row: 0, column: 0)])
    #expect(Value.tokens(corner).text(.zh) == "3 个格子")
  }
}
