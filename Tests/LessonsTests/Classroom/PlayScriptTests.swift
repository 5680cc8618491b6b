import TUI
import Testing

@testable import Lessons

@Suite struct PlayScriptTests {
  @Test func everyCommandIsReadWithItsLine() throws {
    let script = try PlayScript(
      """
      # a demonstration
      open windows windows.map
      lang zh
      size 100x30

      caption  Two windows
        key Space PgDn
      type 36
      wait 1.5
      expect Nothing is checked
      reject Right
      resize 60x20
      caption
      """, name: "demo")
    #expect(script.chapter == "windows" && script.step == "windows.map" && script.language == .zh)
    #expect(script.size == Size(columns: 100, rows: 30))
    #expect(
      script.steps == [
        .event(.caption("Two windows")), .key(.space), .key(.pageDown), .type("36"),
        .pause(.milliseconds(1500)), .wait(for: "Nothing is checked"), .absent("Right"),
        .event(.resize(Size(columns: 60, rows: 20))), .event(.caption("")),
      ])
    #expect(script.lines == [6, 7, 7, 8, 9, 10, 11, 12, 13])
  }

  @Test(arguments: [
    ("jump", "demo:1: there is no command “jump”; there are open, lang"),
    ("key Sapce", "demo:1: there is no key “Sapce”"),
    ("key", "demo:1: “key” takes names of keys"),
    ("wait soon", "demo:1: “wait” takes seconds from 0 to 600, not “soon”"),
    ("wait nan", "demo:1: “wait” takes seconds"),
    ("wait -1", "demo:1: “wait” takes seconds"),
    ("expect", "demo:1: “expect” takes a text"),
    ("size 80", "demo:1: “size” takes a size such as 80x24, not “80”"),
    ("resize 0x24", "demo:1: “resize” takes a size"),
    ("lang fr", "demo:1: “lang” takes en or zh, not “fr”"),
    ("open", "demo:1: “open” takes a chapter"),
    ("key a\n\nopen windows", "demo:3: “open” comes before the first act"),
  ])
  func faultsNameLineAndRemedy(text: String, start: String) {
    let error = #expect(throws: PlayScriptError.self) { try PlayScript(text, name: "demo") }
    #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "")")
  }

  @Test func aFileOfAnySizeIsNoTrouble() {
    let text = String(repeating: "key a\n", count: 200_000)
    #expect(throws: PlayScriptError.self) { try PlayScript(text, name: "big") }
  }
}
