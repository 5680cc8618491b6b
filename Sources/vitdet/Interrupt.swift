import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C into a question that a long job asks between two steps; a second Ctrl-C ends the program at once.
final class Interrupt {
  /// What the handlers write and the job reads.
  private final class Flag: Sendable {
    let isSet = Atomic(false)
  }

  private let flag = Flag()
  private let sources: [any DispatchSourceSignal]

  /// Whether the job should end.
  var isWanted: Bool { flag.isSet.load(ordering: .relaxed) }

  /// The same as a question that several threads may ask.
  var question: @Sendable () -> Bool {
    { [flag] in flag.isSet.load(ordering: .relaxed) }
  }

  init() {
    let queue = DispatchQueue(label: "interrupt")
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for source in sources {
      source.setEventHandler { [flag] in
        if flag.isSet.exchange(true, ordering: .relaxed) { Glibc.exit(130) }
      }
      source.resume()
    }
  }
}
