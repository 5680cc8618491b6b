import Foundation
import Testing
import TUI

@testable import Lessons

/// The README shows what the program is: its screen and its keys are made here, from the program.
@Suite struct ReadmeTests {
  @Test func theScreenIsTheProgramsOwn() throws {
    let stage = try Stage()
    var course = stage.rehearsal(
      language: .en, size: Size(columns: 80, rows: 24), glyphs: .ascii)
    let isThere = course.go(to: "windows", step: "windows.sees")
    try #require(isThere)
    course.press(.up, .left, .left, .left, .space, .right, .space, .right, .space)
    let screen = course.canvas.text.split(separator: "\n", omittingEmptySubsequences: false)
    expectReadme(section: "screen", screen.map { $0.isEmpty ? "" : "    " + $0 })
  }

  @Test func theKeysAreTheProgramsOwn() {
    var lines = ["| key | lesson | question | list |", "| --- | --- | --- | --- |"]
    let places: [Set<KeyContext>] = [
      [.prose, .answered, .figure, .idle, .training, .knobs],
      [
        .choice, .multi, .number, .shape, .order, .holding, .paint, .firstPart, .secondPart,
        .confidence,
      ], [.home],
    ]
    var order: [[Key]] = []
    for row in Keymap.rows where !order.contains(row.keys) { order.append(row.keys) }
    for keys in order {
      let cells = places.map { place in
        var labels: [String] = []
        for row in Keymap.rows where row.keys == keys && !row.contexts.isDisjoint(with: place) {
          if !labels.contains(row.label.en) { labels.append(row.label.en) }
        }
        return labels.joined(separator: ", ")
      }
      guard cells.contains(where: { !$0.isEmpty }) else { continue }
      let names = keys.map { "`\($0.name)`" }.joined(separator: " ")
      lines.append("| \(names) | " + cells.joined(separator: " | ") + " |")
    }
    expectReadme(section: "keys", lines)
  }

  @Test func thePresentersKeysAreTheProgramsOwn() {
    var lines = [
      "| key | talk | slide | vote | its count | between votes | after them |",
      "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    func row(_ names: String, _ label: (PresenterKeys.Place) -> String?) {
      let cells = PresenterKeys.Place.allCases.map { label($0) ?? "" }
      lines.append("| \(names) | " + cells.joined(separator: " | ") + " |")
    }
    var order: [[Key]] = []
    for row in PresenterKeys.rows where !order.contains(row.keys) { order.append(row.keys) }
    for keys in order {
      row(keys.map { "`\($0.name)`" }.joined(separator: " ")) { place in
        PresenterKeys.rows.first { $0.keys == keys && $0.places.contains(place) }?.label.en
      }
    }
    for many in PresenterKeys.Many.allCases {
      let names = many.words.keys.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
      row(names) { $0 == many.words.place ? many.words.label.en : nil }
    }
    expectReadme(section: "presenter-keys", lines)
  }

  @Test func theKeysOfAClassAreTheProgramsOwn() {
    var lines = ["| key | lists | details |", "| --- | --- | --- |"]
    let states = [false, true].map { ClassScreen.keys(isOpen: $0, tab: .questions, page: 1, .en) }
    for (index, binding) in states[0].bindings.enumerated() {
      let names = binding.keys.map { "`\($0.name)`" }.joined(separator: " ")
      let labels = states.map { $0.bindings[index].message == nil ? "" : $0.bindings[index].label }
      if labels != ["", ""] { lines.append("| \(names) | \(labels.joined(separator: " | ")) |") }
    }
    expectReadme(section: "class-keys", lines)
  }

  /// Compares a marked section of the README; `RECORD_SCREENS=1` writes it, and the test fails.
  private func expectReadme(
    section: String, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")
    guard let text = try? String(contentsOf: file, encoding: .utf8),
      let start = text.range(of: "<!-- \(section) -->\n"),
      let end = text.range(of: "<!-- /\(section) -->")
    else {
      Issue.record("README.md has no section \(section)", sourceLocation: sourceLocation)
      return
    }
    let made = "\n" + lines.joined(separator: "\n") + "\n\n"
    let range = start.upperBound..<end.lowerBound
    guard text[range] != made else { return }
    if ProcessInfo.processInfo.environment["RECORD_SCREENS"] == "1" {
      let changed = text.replacingCharacters(in: range, with: made)
      try? changed.write(to: file, atomically: true, encoding: .utf8)
    }
    Issue.record(
      "the README's \(section) is not the program's; RECORD_SCREENS=1 writes it anew",
      sourceLocation: sourceLocation)
  }
}
