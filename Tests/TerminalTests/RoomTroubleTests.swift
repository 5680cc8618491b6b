import Foundation
import Glibc
import TUI
import Testing

/// What goes wrong around a talk is told clearly, and the talk goes on; all of it in real terminals.
@Suite(.serialized, .timeLimit(.minutes(2))) struct RoomTroubleTests: RoomSuite {
  private let folder: TemporaryFolder
  var environment: [String: String] {
    ["XDG_RUNTIME_DIR": folder.path, "XDG_STATE_HOME": folder.path]
  }
  var size: Size { Size(columns: 100, rows: 30) }
  private var path: String { folder.path + "/vitdet/present.sock" }

  init() throws { folder = try TemporaryFolder() }

  /// A bare connection to the presenter that has sent one line.
  private func connect(saying line: String) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    try #require(isConnected)
    let bytes = Array((line + "\n").utf8)
    try #require(send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    return descriptor
  }

  /// The version of the messages, as a presenter tells who speaks another one.
  private func version() throws -> Int {
    let stranger = try connect(saying: #"{"protocolVersion":0,"role":"follow"}"#)
    defer { close(stranger) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(stranger, &bytes, bytes.count)
    let words = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: " ")
    let place = try #require(words.firstIndex(of: "version"))
    return try #require(Int(words[place + 1]))
  }

  /// How many whole pictures a follower has not read yet.
  private func pictures(waitingAt descriptor: Int32) -> Int {
    var (lines, bytes) = (0, [UInt8](repeating: 0, count: 1 << 16))
    while true {
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { return lines }
      lines += bytes[..<count].count { $0 == UInt8(ascii: "\n") }
    }
  }

  @Test func aSecondPresenterIsToldAndTheFirstGoesOn() throws {
    let first = try start(["present", "windows", "--ascii"])
    try first.wait(for: "part 1/")
    let second = try start(["present", "patches", "--ascii"])
    #expect(try second.waitForEnd() == .exited(1))
    #expect(second.emulator.text.contains("error: a presentation is running already"))
    #expect(second.isTerminalSane)
    first.press(.space)
    try first.wait(for: "part 2/")
    first.press(.char("q"))
    #expect(try first.waitForEnd() == .exited(0))
  }

  @Test func aFileInTheSocketsPlaceIsTold() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/vitdet", withIntermediateDirectories: true)
    try "mine".write(toFile: path, atomically: true, encoding: .utf8)
    let run = try start(["present", "windows"])
    #expect(try run.waitForEnd() == .exited(1))
    #expect(run.emulator.text.contains("move it away, then present again"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
  }

  /// An older program is refused with the reason, and the presenter sees that somebody cannot follow.
  @Test func aFollowerOfAnotherVersionIsToldOnBothSides() throws {
    let presenter = try start(["present", "windows", "--ascii"])
    try presenter.wait(for: "part 1/")
    let old = try connect(saying: #"{"protocolVersion":1,"role":"follow"}"#)
    defer { close(old) }
    try presenter.wait(for: "Somebody with another vitdet cannot follow (messages 1")
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(old, &bytes, bytes.count)
    #expect(count > 0)
    #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).contains("same vitdet"))
    presenter.press(.ctrl("c"))
    #expect(try presenter.waitForEnd() == .exited(0))
  }

  /// A follower that stops reading: more is published than any socket holds, and each key still shows.
  @Test func aStuckFollowerDelaysNoKey() throws {
    let presenter = try start(["present", "windows", "--ascii"])
    try presenter.wait(for: "part 1/")
    let stuck = try connect(saying: #"{"protocolVersion":\#(try version()),"role":"follow"}"#)
    defer { close(stuck) }
    try presenter.wait(for: "1 following")
    var size: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(stuck, SOL_SOCKET, SO_RCVBUF, &size, &length)
    presenter.press(.char("A"))
    try presenter.wait(for: "FIRST VOTE")
    presenter.send("a")
    // Each digit is a new picture of some 600 bytes for whoever follows, and is painted before the next is typed.
    let rounds = Int(size) / 600 + 100
    for round in 0..<rounds {
      presenter.send("\(round % 9 + 1)")
      try presenter.wait(for: "= \(round % 9 + 1)")
      presenter.press(.backspace)
      try presenter.wait(for: "= 0")
    }
    // Of all that was painted the follower was sent only what its socket holds.
    let sent = pictures(waitingAt: stuck)
    #expect(sent > 0 && sent < rounds, "\(sent) pictures for \(2 * rounds) keys")
    presenter.press(.ctrl("c"))
    #expect(try presenter.waitForEnd() == .exited(0))
  }

  @Test func aRecordingOnAFullDiskIsToldAndTheTalkGoesOn() throws {
    let presenter = try start(["present", "windows", "--ascii", "--record", "/dev/full"])
    try presenter.wait(for: "The recording ends here: No space left on device")
    presenter.press(.space)
    try presenter.wait(for: "part 2/")
    presenter.press(.char("q"))
    #expect(try presenter.waitForEnd() == .exited(1))
    #expect(
      presenter.emulator.text.contains(
        "error: /dev/full: the recording ends early: No space left on device"))
  }
}
