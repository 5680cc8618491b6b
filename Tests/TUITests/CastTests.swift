import Foundation
import Testing

@testable import TUI

@Suite struct CastTests {
  /// Where a recording goes, and away again.
  private func withPath(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).cast")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func canvas(_ text: String, place: String, rows: Int = 4) -> Canvas {
    var canvas = Canvas(size: Size(columns: 20, rows: rows), glyphs: .unicode, depth: .indexed256)
    canvas.write(text, row: 1, column: 0)
    canvas.place = place
    return canvas
  }

  /// Shows three frames with pauses between them.
  private func record(_ version: Cast.Version, _ path: String) throws {
    let cast = try Cast(
      path: path, version: version, size: Size(columns: 20, rows: 4), title: "a \"b\"")
    var terminal = RecordingTerminal(
      ScriptedTerminal(
        [.pause(.milliseconds(1500)), .type("x")], size: Size(columns: 20, rows: 4)),
      into: cast)
    let signal = WakeSignal()
    terminal.show(canvas("one", place: "a.first"))
    #expect(terminal.events(wakingOn: signal, timeout: nil).isEmpty)
    terminal.show(canvas("one", place: "a.first"))
    terminal.show(canvas("two\u{1B}", place: "a.second"))
    terminal.show(canvas("two", place: "a.second", rows: 5))
    cast.end()
    #expect(cast.fault == nil)
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func aRecordingHasHeaderMarkersOutputAndNoKeys() throws {
    try withPath { path in
      try record(.v3, path)
      let lines = try lines(path)
      #expect(
        lines[0] == #"{"version": 3, "term": {"cols": 20, "rows": 4, "type": "xterm-256color"}, "#
          + #""idle_time_limit": 5, "title": "a \"b\""}"#)
      let events = try lines.dropFirst().map {
        try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any])
      }
      #expect(events.compactMap { $0[1] as? String } == ["m", "o", "m", "o", "r", "o"])
      // In v3 each time counts from the event before it.
      #expect(events.compactMap { $0[0] as? Double } == [0, 0, 1.5, 0, 0, 0])
      #expect(events[0][2] as? String == "a.first" && events[2][2] as? String == "a.second")
      let first = try #require(events[1][2] as? String)
      #expect(first.hasPrefix("\u{1B}[?25l\u{1B}[0m\u{1B}[2J") && first.contains("\u{1B}[2;1Hone"))
      // Only the row that changed, and no control character of the text.
      #expect(events[3][2] as? String == "\u{1B}[2;1Htwo\u{FFFD}\u{1B}[K")
      #expect(events[4][2] as? String == "20x5")
    }
  }

  @Test func theOlderFormatCountsFromTheBeginning() throws {
    try withPath { path in
      try record(.v2, path)
      let lines = try lines(path)
      #expect(lines[0].hasPrefix(#"{"version": 2, "width": 20, "height": 4, "#))
      #expect(lines[3].hasPrefix(#"[1.5, "m", "a.second"]"#) && lines[4].hasPrefix(#"[1.5, "o", "#))
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsToldAtOnce() {
    let error = #expect(throws: CastError.self) {
      try Cast(path: "/nowhere/x.cast", version: .v3, size: Size(columns: 9, rows: 9), title: "")
    }
    #expect(error?.description == "/nowhere/x.cast: cannot be written: No such file or directory")
  }

  /// The program is told once, and its keys still reach it.
  @Test func aFullDiskEndsTheRecordingAndNothingElse() throws {
    let size = Size(columns: 9, rows: 9)
    let cast = try Cast(path: "/dev/full", version: .v3, size: size, title: "")
    #expect(cast.fault == "No space left on device")
    var recorded = RecordingTerminal(
      ScriptedTerminal([.key(.enter)], size: size), into: cast)
    recorded.show(Canvas(size: size))
    let signal = WakeSignal()
    #expect(
      recorded.events(wakingOn: signal, timeout: nil) == [
        .recordingEnded("No space left on device")
      ])
    #expect(recorded.events(wakingOn: signal, timeout: nil) == [.key(.enter)])
  }

  /// Frames replayed row by row give the last frame again.
  @Test func changesTurnOneFrameIntoTheNext() {
    let old = canvas("windows", place: "")
    #expect(canvas("windows", place: "").changes(from: old).isEmpty)
    #expect(canvas("", place: "").changes(from: old) == "\u{1B}[2;1H\u{1B}[K")
  }
}
