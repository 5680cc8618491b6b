import Testing

@testable import Lessons

@Suite struct CSVTests {
  @Test(arguments: [
    ("=1+2", "'=1+2"), ("+cmd", "'+cmd"), ("-2+3", "'-2+3"), ("@x", "'@x"), ("\tx", "'\tx"),
    ("＝1", "'＝1"), ("-0.25", "-0.25"), ("+7", "+7"), ("'x", "''x"), ("1×16", "1×16"), ("", ""),
  ])
  func formulasAreDisarmed(cell: String, written: String) {
    #expect(CSV.guarded(cell) == written)
  }

  @Test func whatIsWrittenIsReadBack() {
    let rows = [["a,b", "say \"hi\"", "two\nlines", "=x", "'y"], ["", "中文", "-1", "--", "z"]]
    #expect(CSV.rows(rows.map(CSV.line).joined()) == rows)
  }
}
