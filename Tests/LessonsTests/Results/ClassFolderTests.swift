import Foundation
import Testing

@testable import Lessons
@testable import ViTDetMini

@Suite struct ClassFolderTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A learner's events: a start, then an answer to each of the items, the first right ones right.
  private func events(_ learner: Int, right: Int, of count: Int = 4) -> [ProgressEvent] {
    let session = "s\(learner)"
    let day = learner < 10 ? "0\(learner)" : "\(learner)"
    var all = [ProgressEvent(.start, session: session, time: "2026-01-\(day)T00:00:00Z")]
    for item in 0..<count {
      var event = ProgressEvent(
        .answer, session: session, time: "2026-01-\(day)T00:01:0\(item)Z", chapter: "windows",
        item: "windows.i\(item)")
      event.answer = "\(item)"
      event.right = item < right
      event.attempt = 1
      event.confidence = item < right ? "certain" : "guess"
      if item >= right { event.misconception = "pad-is-masked" }
      all.append(event)
    }
    return all
  }

  private func text(_ events: [ProgressEvent]) throws -> String {
    let encoder = JSONEncoder()
    return try events.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
      .joined()
  }

  private func collect(
    _ names: [String], into out: String = "out", pseudonyms: Bool = false
  ) throws -> ClassFolder.Report {
    try ClassFolder(path: "\(directory.path)/\(out)").collect(
      names.map { "\(directory.path)/\($0)" }, usesPseudonyms: pseudonyms)
  }

  private func tables(_ out: String = "out") throws -> [String] {
    try ["attempts", "learners", "items", "names"].map { try directory.text("\(out)/\($0).csv") }
  }

  @Test func theOrderAndTheNumberOfCollectionsChangeNothing() throws {
    let full = events(1, right: 2)
    try directory.write(try text(full), to: "alice.jsonl")
    try directory.write(try text(Array(full.prefix(3))), to: "old/alice-monday.jsonl")
    try directory.write(try text(events(2, right: 4)), to: "bob/progress.jsonl")
    _ = try collect(["alice.jsonl", "old/alice-monday.jsonl", "bob/progress.jsonl"])
    let once = try tables()
    _ = try collect(["bob/progress.jsonl"])
    _ = try collect(["alice.jsonl", "alice.jsonl"])
    #expect(try tables() == once)
    for name in ["old/alice-monday.jsonl", "bob/progress.jsonl", "alice.jsonl"] {
      _ = try collect([name], into: "other")
    }
    #expect(try tables("other") == once)
    let learners = CSV.rows(once[1])
    #expect(Set(learners.dropFirst().map { $0[0] }) == ["alice", "bob"])
    #expect(CSV.rows(once[0]).count == 1 + 8)
  }

  @Test func onlyTheFirstTryOfAQuestionCounts() throws {
    var all = events(1, right: 0, of: 1)
    var again = all[1]
    again.time = "2026-01-01T00:02:00Z"
    again.right = true
    again.misconception = nil
    all += [ProgressEvent(.reset, session: "s1", time: "2026-01-01T00:01:30Z"), again]
    try directory.write(try text(all), to: "a.jsonl")
    _ = try collect(["a.jsonl"])
    let items = CSV.rows(try directory.text("out/items.csv"))
    let row = Dictionary(uniqueKeysWithValues: zip(items[0], items[1]))
    #expect(row["first_try_right"] == "0" && row["solved"] == "1" && row["attempts"] == "2")
    #expect(row["misconceptions"] == "pad-is-masked=1" && row["guess"] == "1")
    #expect(row["discrimination"] == "")
  }

  /// Worked by hand: half of 20 learners are right at the first question and at 3 of 3 others, the rest at none.
  @Test func discriminationComesWithTwentyLearners() throws {
    for learner in 1...20 {
      try directory.write(
        try text(events(learner, right: learner <= 10 ? 4 : 0)), to: "\(learner).jsonl")
    }
    _ = try collect((1...19).map { "\($0).jsonl" })
    let place = try #require(ItemStatistics.columns.firstIndex(of: "discrimination"))
    #expect(CSV.rows(try directory.text("out/items.csv"))[1][place] == "")
    _ = try collect(["20.jsonl"])
    #expect(CSV.rows(try directory.text("out/items.csv"))[1][place] == "1.000")
  }

  @Test func pseudonymsLeaveNoNameAnywhere() throws {
    try directory.write(try text(events(1, right: 1)), to: "alice.jsonl")
    _ = try collect(["alice.jsonl"])
    _ = try collect(["alice.jsonl"], pseudonyms: true)
    let files = try FileManager.default.subpathsOfDirectory(atPath: "\(directory.path)/out")
    for name in files where name.hasSuffix("l") || name.hasSuffix("v") {
      #expect(!name.contains("alice"))
      #expect(!(try directory.text("out/\(name)")).contains("alice"))
    }
    let first = CSV.rows(try directory.text("out/learners.csv"))[1][0]
    #expect(first.hasPrefix("learner-"))
    _ = try collect(["alice.jsonl"], into: "other", pseudonyms: true)
    #expect(CSV.rows(try directory.text("other/learners.csv"))[1][0] == first)
  }

  @Test func badLinesAreToldWithTheirPlaceAndTheRestCounts() throws {
    let lines = try text(events(1, right: 2)).split(separator: "\n").map(String.init)
    var bad = [lines[0], "no json", "[1,2]", lines[1]]
    bad.append(#"{"v":2,"kind":"answer","time":"x","new":{}}"#)
    bad.append(lines[2].replacing("windows.i1", with: "windows\\u001b[2J"))
    bad.append(lines[2].replacing("2026-01-01T00:01:01Z", with: "yesterday"))
    bad.append(#"{"v":1,"kind":"nod","session":"s1","time":"2026-01-01T00:00:01Z"}"#)
    bad.append(lines[3].replacing(#""attempt":1"#, with: #""attempt":-4"#))
    bad.append(String(repeating: "x", count: 3 << 20))
    try directory.write(
      (bad + [String(lines[4].prefix(40))]).joined(separator: "\n"), to: "a.jsonl")
    let report = try collect(["a.jsonl", "nowhere.jsonl"])
    let path = "\(directory.path)/a.jsonl"
    #expect(report.learners == 1 && report.answers == 1)
    #expect(report.unusable == ["\(directory.path)/nowhere.jsonl"])
    for told in [
      "\(path):2: not an event of vitdet (and 1 more line)", "\(path):5: of a newer format",
      "\(path):6: it has a control character", "\(path):7: its time is not",
      "\(path):9: a count in it makes no sense", "\(path):10: longer than",
      "\(path):11: the last line was cut off", "nowhere.jsonl: no such file",
    ] {
      #expect(report.faults.contains { $0.contains(told) }, "\(told)\n\(report.faults)")
    }
  }

  @Test func whatIsNoFileOrNoFolderIsTold() throws {
    try directory.write("", to: "empty.jsonl")
    let report = try collect(["empty.jsonl", ""])
    #expect(report.unusable.count == 2 && report.learners == 0)
    #expect(report.faults.contains { $0.hasSuffix("empty.jsonl: has no event of a learner") })
    #expect(throws: (any Error).self) { try collect([], into: "empty.jsonl") }
  }

  @Test(arguments: [
    ("a/alice.jsonl", "alice"), ("alice/progress.jsonl", "alice"), ("progress.jsonl", "progress"),
    ("bob/progress (2).jsonl", "bob"), ("x/progress-of-eve.jsonl", "progress-of-eve"),
    ("e\u{1B}[2J.jsonl", "e?[2J"),
  ])
  func filesAreCalledAfterTheirLearner(path: String, label: String) {
    #expect(HandedInFile(path: path).label == label)
  }

  @Test(arguments: Language.allCases) func theTablesAreShown(language: Language) throws {
    var names: [String] = []
    for learner in 1...3 {
      try directory.write(try text(events(learner, right: learner)), to: "l\(learner).jsonl")
      names.append("l\(learner).jsonl")
    }
    _ = try collect(names)
    let report = ClassReport(try ClassTables(folder: "\(directory.path)/out"))
    let lines = report.lines(language, isASCII: true)
    // Question 1 was answered rightly by learners 2 and 3, and wrongly, by a rule, by learner 1.
    let place = try #require(lines.firstIndex { $0.hasPrefix("windows.i1") })
    #expect(lines[place + 1].hasSuffix("2     ##############################"))
    #expect(lines[place + 2].contains("pad-is-masked"))
    #expect(lines[place + 2].hasSuffix("1     ###############"))
    #expect(lines.count { $0.hasPrefix("  l") } == 3)
    #expect(throws: DataError.self) { try ClassTables(folder: "\(self.directory.path)/nowhere") }
    try directory.write("a,b\n", to: "out/items.csv")
    #expect(throws: DataError.self) { try ClassTables(folder: "\(self.directory.path)/out") }
  }
}
