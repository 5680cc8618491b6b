import Testing

@testable import Lessons

@Suite struct ProgressFileTests {
  private let directory: TemporaryDirectory
  private var path: String { "\(directory.path)/state/vitdet/progress.jsonl" }

  init() throws { directory = try TemporaryDirectory() }

  private func step(_ name: String, session: String = "a") -> ProgressEvent {
    ProgressEvent(
      .step, session: session, time: "2026-01-02T03:04:05Z", chapter: "windows", step: name)
  }

  private func text() throws -> String { try directory.text("state/vitdet/progress.jsonl") }

  @Test func writesOneJSONObjectALine() throws {
    let file = ProgressFile(path: path)
    #expect(file.append(step("windows.cut")) == nil)
    #expect(file.append(step("windows.count")) == nil)
    #expect(
      try text() == """
        {"chapter":"windows","kind":"step","session":"a","step":"windows.cut","time":"2026-01-02T03:04:05Z","v":1}
        {"chapter":"windows","kind":"step","session":"a","step":"windows.count","time":"2026-01-02T03:04:05Z","v":1}

        """)
  }

  @Test func readsWhatItWrote() throws {
    let file = ProgressFile(path: path)
    var answer = ProgressEvent(.answer, session: "a", chapter: "windows", item: "windows.x")
    answer.answer = "0,0-1,1"
    answer.right = false
    answer.misconception = "pad-is-masked"
    answer.confidence = "certain"
    answer.hints = 2
    answer.attempt = 1
    file.append(answer)
    let contents = ProgressFile(path: path).read()
    #expect(contents.events == [answer] && contents.notices.isEmpty && contents.ignored == 0)
  }

  @Test func aMissingFileIsEmpty() {
    let contents = ProgressFile(path: path).read()
    #expect(contents.events.isEmpty && contents.notices.isEmpty)
  }

  @Test func aTornLastLineIsDroppedWithANoticeAndRepaired() throws {
    let file = ProgressFile(path: path)
    file.append(step("windows.cut"))
    try directory.write(try text() + #"{"chapter":"win"#, to: "state/vitdet/progress.jsonl")
    let again = ProgressFile(path: path)
    let contents = again.read()
    #expect(contents.events.count == 1 && contents.notices.count == 1)
    #expect(contents.notices[0].en.contains("cut off"))
    again.append(step("windows.count"))
    let repaired = ProgressFile(path: path).read()
    #expect(repaired.events.map(\.step) == ["windows.cut", "windows.count"])
    #expect(repaired.notices.isEmpty && repaired.ignored == 1)
  }

  @Test func everyTruncationKeepsTheWholeLines() throws {
    let file = ProgressFile(path: path)
    for index in 0..<3 { file.append(step("windows.s\(index)")) }
    let bytes = Array(try text().utf8)
    for length in 0..<bytes.count {
      let cut = Array(bytes[..<length])
      try directory.write(String(decoding: cut, as: UTF8.self), to: "cut.jsonl")
      let events = ProgressFile(path: "\(directory.path)/cut.jsonl").read().events
      let whole = cut.count { $0 == UInt8(ascii: "\n") }
      // A line that lacks only its line end is whole too.
      #expect(events.count == whole || events.count == whole + 1 && cut.last == UInt8(ascii: "}"))
    }
  }

  @Test func linesFromTheFutureAreKeptAndNotUsed() throws {
    let future = """
      {"v":2,"time":"t","session":"b","kind":"step","chapter":"windows","step":"windows.far"}
      {"v":1,"time":"t","session":"b","kind":"dream","chapter":"windows"}
      {"v":1,"time":"t","session":"b","kind":"step","chapter":"windows","step":"windows.cut","mood":[1]}
      no json at all

      """
    try directory.write(future, to: "state/vitdet/progress.jsonl")
    let file = ProgressFile(path: path)
    let contents = file.read()
    #expect(contents.events.map(\.step) == ["windows.cut"])
    #expect(contents.ignored == 3 && contents.notices.isEmpty)
    file.append(step("windows.count"))
    #expect(try text().hasPrefix(future))
  }

  @Test func twoSessionsBothKeepTheirEvents() async throws {
    let path = path
    await withTaskGroup { group in
      for session in ["a", "b", "c"] {
        group.addTask {
          let file = ProgressFile(path: path)
          for index in 0..<40 {
            file.append(
              ProgressEvent(
                .step, session: session, chapter: "windows", step: "\(session)\(index)"))
          }
        }
      }
    }
    let events = ProgressFile(path: path).read().events
    #expect(events.count == 120)
    for session in ["a", "b", "c"] {
      let own = events.filter { $0.session == session }.compactMap(\.step)
      #expect(own == (0..<40).map { "\(session)\($0)" })
    }
  }

  @Test(arguments: ["/dev/full", "/proc/vitdet/progress.jsonl", "/dev/null/progress.jsonl", "/"])
  func whatCannotBeWrittenIsToldOnceAndKept(path: String) {
    let file = ProgressFile(path: path)
    let first = file.append(step("windows.cut"))
    #expect(first?.en.contains("Cannot save") == true)
    #expect(file.append(step("windows.count")) == nil)
    #expect(file.unsaved == 2)
  }

  @Test func savesLaterWhatCouldNotBeSaved() throws {
    // A file stands where the directory should be.
    try directory.write("", to: "state")
    let file = ProgressFile(path: path)
    #expect(file.append(step("windows.cut")) != nil)
    try FileSystem.remove("\(directory.path)/state")
    let notice = file.append(step("windows.count"))
    #expect(notice?.en.contains("saved again") == true && file.unsaved == 0)
    #expect(ProgressFile(path: path).read().events.map(\.step) == ["windows.cut", "windows.count"])
  }

  @Test func flushWritesWhatWaits() throws {
    try directory.write("", to: "state")
    let file = ProgressFile(path: path)
    file.append(step("windows.cut"))
    try FileSystem.remove("\(directory.path)/state")
    #expect(file.flush() != nil && file.unsaved == 0)
    #expect(file.flush() == nil)
  }

  @Test func aFileThatIsTakenAwayIsMadeAgain() throws {
    let file = ProgressFile(path: path)
    file.append(step("windows.cut"))
    try FileSystem.remove(path)
    file.append(step("windows.count"))
    #expect(ProgressFile(path: path).read().events.map(\.step) == ["windows.count"])
  }

  @Test func aDirectoryOrADeviceInItsPlaceIsTold() throws {
    for path in [directory.path, "/dev/zero"] {
      let contents = ProgressFile(path: path).read()
      #expect(contents.events.isEmpty && contents.notices[0].en.contains("Cannot read"))
    }
  }

  @Test func findsItsPlace() {
    #expect(ProgressFile.path(stateDirectory: "/s") == "/s/progress.jsonl")
    let variables = ["XDG_STATE_HOME": "/x", "HOME": "/h"]
    #expect(
      ProgressFile.path(stateDirectory: nil, environment: { variables[$0] })
        == "/x/vitdet/progress.jsonl")
    let relative = ["XDG_STATE_HOME": "x", "HOME": "/h"]
    #expect(
      ProgressFile.path(stateDirectory: nil, environment: { relative[$0] })
        == "/h/.local/state/vitdet/progress.jsonl")
  }
}
