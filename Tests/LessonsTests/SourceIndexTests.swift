import Testing

@testable import Lessons

@Suite struct SourceIndexTests {
  private func index() throws -> (SourceIndex, TemporaryDirectory) {
    let directory = try TemporaryDirectory()
    try directory.write(
      """
      import Glibc

      /// Cuts a map.
      /// More.
      @inlinable
      public func cut(
        _ map: Map, "}"
      ) -> [Map] {
        // a brace } in a comment
        let text = "}"
        return [map]
      }

      /// A map.
      struct Map {
        /// How wide.
        var width: Int
        let other = 1

        /// Calls it.
        func callAsFunction() -> Int { width }
      }
      """, to: "Backbone/Window.swift")
    try directory.write(
      """
      extension Map {
        func rotate() {
          if true { }
        }
      }
      func callAsFunction() {}
      """, to: "A.swift")
    try directory.write("func hidden() {}", to: "notes.txt")
    return (SourceIndex(directory: directory.path), directory)
  }

  @Test func findsAFunctionWithItsCommentAndItsBody() throws {
    let found = try #require(try index().0.declaration(named: "cut"))
    #expect(found.file == "Backbone/Window.swift" && found.line == 3)
    #expect(found.text.hasPrefix("/// Cuts a map.\n/// More.\n@inlinable\npublic func cut("))
    #expect(found.text.hasSuffix("  return [map]\n}"))
  }

  @Test func findsATypeAndAPropertyWithoutABody() throws {
    let (index, _) = try index()
    #expect(
      index.declaration(named: "Map")?.text.hasSuffix("func callAsFunction() -> Int { width }\n}")
        == true)
    #expect(index.declaration(named: "width")?.text == "/// How wide.\nvar width: Int")
    #expect(index.declaration(named: "other")?.text == "let other = 1")
  }

  @Test func findsAMemberInItsTypeOrItsExtension() throws {
    let (index, _) = try index()
    let member = index.declaration(named: "Map.callAsFunction")
    #expect(member?.text == "/// Calls it.\nfunc callAsFunction() -> Int { width }")
    #expect(index.declaration(named: "callAsFunction")?.file == "A.swift")
    #expect(index.declaration(named: "Map.rotate")?.text == "func rotate() {\n  if true { }\n}")
  }

  @Test(arguments: ["", "hidden", "Map.missing", "Missing.rotate", "a.b.c", "text)"])
  func findsNothingElse(symbol: String) throws {
    #expect(try index().0.declaration(named: symbol) == nil)
  }

  @Test func findsTheDetectorsOwnSource() throws {
    let directory = try LessonsDirectory.locate()
    let found = SourceIndex(directory: directory.source).declaration(named: "windowPartition")
    #expect(found?.text.contains("func windowPartition") == true)
  }
}
