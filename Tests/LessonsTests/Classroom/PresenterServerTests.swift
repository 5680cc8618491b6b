import Dispatch
import Glibc
import Synchronization
import TUI
import Testing

@testable import Lessons

/// The socket between presenter, followers and remotes.
@Suite(.serialized, .timeLimit(.minutes(1))) struct PresenterServerTests {
  private let directory: TemporaryDirectory
  private var path: String { directory.path + "/room/present.sock" }

  init() throws { directory = try TemporaryDirectory() }

  private var view: SharedView {
    SharedView(
      chapter: "windows", step: "windows.sees", language: .zh, chosen: [1, 2], view: 1,
      cursor: Token(row: 1, column: 2), focus: Token(row: 3, column: 4), pane: .figure, knob: 1,
      scroll: 3, revealed: 2, entry: Entry(), isCommitted: false, isObserved: true, isBlank: false,
      isBig: true)
  }

  /// Runs a server beside a body, and ends it afterwards.
  private func serving(
    _ body:
      @escaping @Sendable (PresenterServer, Seen) async throws -> Void
  ) async throws {
    let server = try PresenterServer(path: path)
    let seen = Seen()
    // A thread of its own: it sleeps in the system, which tests' threads must not.
    let ended = DispatchGroup()
    DispatchQueue.global().async(group: ended) {
      server.serve { incoming in seen.list.withLock { $0.append(incoming) } }
    }
    do { try await body(server, seen) } catch { Issue.record(error) }
    server.stop()
    ended.wait()
    #expect(access(path, F_OK) != 0, "the socket file is left behind")
  }

  /// Whatever the server reported.
  private final class Seen: Sendable {
    let list = Mutex<[PresenterServer.Incoming]>([])
  }

  @Test func onlyTheOwnerMayReadTheSocketAndItsDirectory() throws {
    let server = try PresenterServer(path: path)
    defer { server.stop() }
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(stat(directory.path + "/room", &status) == 0 && status.st_mode & 0o777 == 0o700)
  }

  @Test func aStaleSocketFileIsReplacedAndALivingOneRefused() throws {
    let first = try PresenterServer(path: path)
    let error = #expect(throws: ClassroomError.self) { try PresenterServer(path: path) }
    #expect(error?.description.hasPrefix("a presentation is running already") == true)
    first.stop()
    // What a killed presenter leaves behind: a socket file that nobody listens at.
    let killed = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(killed, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    close(killed)
    #expect(isBound && access(path, F_OK) == 0)
    #expect(throws: Never.self) { try PresenterServer(path: path).stop() }
  }

  /// Somebody's file is neither used nor deleted.
  @Test func aFileInTheSocketsPlaceIsLeftAlone() throws {
    try directory.write("precious", to: "room/present.sock")
    let error = #expect(throws: ClassroomError.self) { try PresenterServer(path: path) }
    #expect(error?.description.contains("is no socket of a presentation") == true)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_size == 8)
  }

  @Test func followersGetTheNewestPictureAndRemotesAnAnswer() async throws {
    let (path, view) = (path, view)
    try await serving { server, seen in
      server.publish(view)
      let arrived = Mutex<[SharedView]>([])
      let follower = Task {
        await PresenterClient.follow(at: path) { news in
          if case .view(let view) = news { arrived.withLock { $0.append(view) } }
        }
      }
      while arrived.withLock({ $0.isEmpty }) { await Task.yield() }
      #expect(arrived.withLock { $0.first } == view)
      var next = view
      next.isBlank = true
      server.publish(next)
      while arrived.withLock({ $0.last }) != next { await Task.yield() }
      try PresenterClient.control(["goto", "windows.sees"], at: path)
      follower.cancel()
      await follower.value
      #expect(seen.list.withLock { $0 }.contains(.command(.goto("windows.sees"))))
      #expect(seen.list.withLock { $0 }.contains(.followers(1)))
    }
  }

  /// A follower that never reads holds nobody up and costs no memory.
  @Test func aStuckFollowerDelaysNobody() async throws {
    let (path, view) = (path, view)
    try await serving { server, _ in
      let stuck = try ClassroomSocket.connect(to: path)
      defer { close(stuck) }
      let hello = ClassroomMessage(role: "follow").line
      #expect(send(stuck, hello, hello.count, 0) == hello.count)
      var picture = view
      let start = ContinuousClock.now
      for count in 0..<20_000 {
        picture.scroll = count
        server.publish(picture)
      }
      #expect(start.duration(to: .now) < .seconds(20))
      try PresenterClient.control(["next"], at: path)
    }
  }

  @Test func strangersAreToldWhatIsWrong() async throws {
    let path = path
    try await serving { _, seen in
      func answer(to line: String) throws -> String {
        let descriptor = try ClassroomSocket.connect(to: path)
        defer { close(descriptor) }
        let bytes = Array((line + "\n").utf8)
        #expect(send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0)
        _ = fcntl(descriptor, F_SETFL, 0)
        var text = ""
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
          let count = read(descriptor, &piece, piece.count)
          guard count > 0 else { return text }
          text += String(decoding: piece[..<count], as: UTF8.self)
        }
      }
      #expect(try answer(to: "GET / HTTP/1.1").contains("no message of vitdet"))
      #expect(
        try answer(to: #"{"protocolVersion":99,"role":"follow"}"#).contains("both must be the same")
      )
      #expect(
        try answer(
          to: #"{"protocolVersion":\#(SharedView.protocolVersion),"command":["explode"]}"#
        ).contains("there is no command"))
      // A line without an end is dropped, and the others are served on.
      #expect(try answer(to: String(repeating: "x", count: 100_000)).isEmpty)
      // The presenter hears of the other version, and of nothing else.
      #expect(seen.list.withLock { $0 } == [.otherVersion(99)])
      try PresenterClient.control(["blank"], at: path)
    }
  }

  @Test func nobodyPresentsIsSaidPlainly() {
    let error = #expect(throws: ClassroomError.self) {
      try PresenterClient.control(["next"], at: path)
    }
    #expect(error?.description.hasPrefix("nobody presents on this machine") == true)
  }

  @Test func theSocketIsInTheRuntimeDirectory() {
    #expect(
      ClassroomSocket.path { $0 == "XDG_RUNTIME_DIR" ? "/run/user/7" : nil }
        == "/run/user/7/vitdet/present.sock")
    #expect(ClassroomSocket.path { _ in nil } == "/tmp/vitdet-\(getuid())/present.sock")
  }
}
