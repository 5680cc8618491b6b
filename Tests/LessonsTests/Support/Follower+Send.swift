@testable import Lessons

extension Follower {
  /// Takes a message, and then what its work results in.
  mutating func send(_ message: Message) {
    for work in apply(message) {
      for result in work.results() { send(.stage(result)) }
    }
  }
}
