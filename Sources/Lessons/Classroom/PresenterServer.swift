import Glibc
import Synchronization
import TUI

/// Serves followers and remotes beside a presentation, on a thread of its own.
///
/// A follower that is slow gets fewer pictures, always the newest; nobody ever waits for it.
final class PresenterServer: Sendable {
  /// What comes from outside.
  enum Incoming: Sendable, Hashable {
    /// A remote asks for something.
    case command(ControlCommand)
    /// So many follow now.
    case followers(Int)
    /// Somebody was turned away whose vitdet speaks this version of the messages.
    case otherVersion(Int)
  }

  private struct Client {
    let descriptor: Int32
    var input = LineBuffer()
    var output: [UInt8] = []
    var isFollower = false
    /// Whether a newer picture than the one being sent is there.
    var isBehind = false
    var isLeaving = false
  }

  private struct State {
    var view: SharedView?
    var hasNews = false
    var isOver = false
  }

  /// Where the socket is.
  let path: String
  private let listener: Int32
  /// Raised when there is a newer picture, or all is over.
  private let alarm = WakeSignal()
  private let state = Mutex(State())

  /// Begins to listen; nobody is served before `serve`.
  ///
  /// - Throws: `ClassroomError` if somebody presents already, or the place cannot be used.
  init(path: String = ClassroomSocket.path()) throws(ClassroomError) {
    self.path = path
    listener = try ClassroomSocket.listen(at: path)
  }

  deinit { close(listener) }

  /// Hands over what is shown now; returns at once.
  func publish(_ view: SharedView) {
    state.withLock { state in
      state.hasNews = state.hasNews || state.view != view
      state.view = view
    }
    alarm.raise()
  }

  /// Ends `serve` and takes the socket file away.
  func stop() {
    let isFirst = state.withLock { state in
      defer { state.isOver = true }
      return !state.isOver
    }
    if isFirst { unlink(path) }
    alarm.raise()
  }

  /// Serves until `stop`.
  func serve(_ report: (Incoming) -> Void) {
    var clients: [Client] = []
    // Made once for all who follow.
    var picture: [UInt8] = []
    defer { for client in clients { close(client.descriptor) } }
    while !state.withLock({ $0.isOver }) {
      var entries = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      entries.append(pollfd(fd: alarm.readEnd, events: Int16(POLLIN), revents: 0))
      for client in clients {
        let wants = client.output.isEmpty ? POLLIN : POLLIN | POLLOUT
        entries.append(pollfd(fd: client.descriptor, events: Int16(wants), revents: 0))
      }
      guard poll(&entries, nfds_t(entries.count), -1) >= 0 || errno == EINTR else { return }
      let before = clients.count { $0.isFollower }
      for (index, entry) in entries.dropFirst(2).enumerated() where entry.revents != 0 {
        read(from: &clients[index], report)
      }
      if entries[1].revents != 0, let news = takeNews() {
        picture = news
        for index in clients.indices { clients[index].isBehind = clients[index].isFollower }
      }
      for index in clients.indices { send(picture, to: &clients[index]) }
      clients.removeAll { client in
        let isDone = client.isLeaving && client.output.isEmpty
        if isDone { close(client.descriptor) }
        return isDone
      }
      if entries[0].revents != 0 { accept(into: &clients) }
      let after = clients.count { $0.isFollower }
      if after != before { report(.followers(after)) }
    }
  }

  private static let mostClients = 200

  private func accept(into clients: inout [Client]) {
    while true {
      let descriptor = Glibc.accept(listener, nil, nil)
      guard descriptor >= 0 else { return }
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      if clients.count < Self.mostClients {
        clients.append(Client(descriptor: descriptor))
      } else {
        close(descriptor)
      }
    }
  }

  /// The newest picture, if it is another one than before.
  private func takeNews() -> [UInt8]? {
    alarm.lower()
    let news = state.withLock { state in
      defer { state.hasNews = false }
      return state.hasNews ? state.view : nil
    }
    return news.map(ClassroomMessage.picture)
  }

  private func read(from client: inout Client, _ report: (Incoming) -> Void) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(client.descriptor, &bytes, bytes.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    guard count > 0, let lines = client.input.add(bytes[..<count]) else {
      client.output = []
      client.isLeaving = true
      return
    }
    for line in lines where !client.isLeaving { answer(line, from: &client, report) }
  }

  private func answer(
    _ line: [UInt8], from client: inout Client, _ report: (Incoming) -> Void
  ) {
    guard let message = ClassroomMessage(line: line) else {
      refuse("that is no message of vitdet", &client)
      return
    }
    if let fault = message.versionFault {
      refuse(fault, &client)
      report(.otherVersion(message.protocolVersion))
    } else if message.role == "follow" {
      (client.isFollower, client.isBehind) = (true, true)
    } else if let words = message.command {
      do throws(ClassroomError) {
        report(.command(try ControlCommand(words)))
        client.output += ClassroomMessage(isDone: true).line
        client.isLeaving = true
      } catch {
        refuse(error.description, &client)
      }
    }
  }

  private func refuse(_ reason: String, _ client: inout Client) {
    client.output += ClassroomMessage(refusal: reason).line
    client.isLeaving = true
  }

  private func send(_ picture: [UInt8], to client: inout Client) {
    if client.isBehind, client.output.isEmpty, !picture.isEmpty {
      client.output = picture
      client.isBehind = false
    }
    while !client.output.isEmpty {
      let count = Glibc.send(
        client.descriptor, client.output, client.output.count, Int32(MSG_NOSIGNAL))
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      guard count > 0 else {
        client.output = []
        client.isLeaving = true
        return
      }
      client.output.removeFirst(count)
    }
  }
}
