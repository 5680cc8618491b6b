internal import Glibc

/// Why a run ended.
public enum RunOutcome: Sendable, Hashable {
  /// The program finished.
  case finished
  /// The system asked for it by this signal.
  case terminated(signal: Int32)
  /// The terminal went away.
  case hungUp
}

/// Runs a program on a terminal until it is finished, is told to end, or the terminal goes away.
///
/// One thread draws and updates; it sleeps until a key or a message. Keys show at once, and so does the first message after them;
/// messages of effects are drawn at most thirty times a second. Keys that were typed while an update computed
/// for long are dropped, because they were aimed at the screen before it; Ctrl-C never is. What counts is the thread's own
/// time: on a machine that is busy with other things no key is lost.
///
/// - Parameters:
///   - program: The program; holds the last state afterwards.
///   - terminal: The terminal.
///   - effects: Work to start with.
/// - Returns: Why the run ended.
@discardableResult
public func run<P: Program, T: Terminal>(
  _ program: inout P, on terminal: inout T, effects: [Effect<P.Message>] = []
) -> RunOutcome {
  var loop = RunLoop<P>()
  defer { loop.cancel() }
  loop.start(effects)
  return loop.run(&program, on: &terminal)
}

private struct RunLoop<P: Program> {
  private let mailbox = Mailbox<P.Message>()
  private let jobs = Jobs()
  /// The standing work that was started, as numbers of jobs by name.
  private var standing: [String: Int] = [:]
  private var isDirty = true
  /// When the last frame was drawn that no key asked for.
  private var lastFrame: ContinuousClock.Instant?

  private static var frameInterval: Duration { .milliseconds(33) }
  private static var longUpdate: Duration { .milliseconds(250) }
  private static var farewell: Duration { .milliseconds(500) }

  func start(_ effects: [Effect<P.Message>]) {
    for effect in effects { jobs.start(effect, mailbox) }
  }

  func cancel() { jobs.cancelAll() }

  mutating func run<T: Terminal>(_ program: inout P, on terminal: inout T) -> RunOutcome {
    deliver(.resize(terminal.size), to: &program)
    var isUrgent = true
    while !program.isFinished {
      if isDirty, isUrgent || remaining(until: lastFrame, plus: Self.frameInterval) == 0 {
        draw(program, on: &terminal)
        // A key's frame delays nothing: what the key set off shows as soon as it is there.
        if !isUrgent { lastFrame = .now }
        isUrgent = false
      }
      let timeout = isDirty ? remaining(until: lastFrame, plus: Self.frameInterval) : nil
      let events = terminal.events(wakingOn: mailbox.signal, timeout: timeout)
      let start = Self.threadTime
      for message in mailbox.drain() { update(&program, message) }
      for event in events where !program.isFinished {
        if case .key(let key) = event, key != .ctrl("c"), isLate(start) { continue }
        switch event {
        case .terminate(let signal):
          sayFarewell(event, to: &program)
          return .terminated(signal: signal)
        case .hungUp:
          sayFarewell(event, to: &program)
          return .hungUp
        default:
          deliver(event, to: &program)
          isUrgent = true
        }
      }
      if isLate(start) { terminal.dropPendingKeys() }
    }
    return .finished
  }

  /// Whether so much was computed since then that a key typed meanwhile meant another screen.
  private func isLate(_ start: Duration) -> Bool { Self.threadTime - start > Self.longUpdate }

  /// How long this thread has computed.
  private static var threadTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private mutating func deliver(_ event: TerminalEvent, to program: inout P) {
    isDirty = true
    if let message = program.message(for: event) { update(&program, message) }
  }

  private mutating func update(_ program: inout P, _ message: P.Message) {
    isDirty = true
    start(program.update(message))
    let wanted = program.standingWork
    for (name, number) in standing where wanted[name] == nil {
      jobs.cancel(number)
      standing[name] = nil
    }
    for (name, effect) in wanted where standing[name] == nil {
      standing[name] = jobs.start(effect, mailbox)
    }
  }

  private mutating func draw<T: Terminal>(_ program: P, on terminal: inout T) {
    var canvas = Canvas(
      size: terminal.size, glyphs: terminal.glyphs, depth: terminal.depth,
      isLight: terminal.isLight)
    program.view(on: &canvas)
    terminal.show(canvas)
    isDirty = false
  }

  /// Tells the program that the run ends, and gives the effects that it starts for that (saving,
  /// say) a moment.
  private func sayFarewell(_ event: TerminalEvent, to program: inout P) {
    guard let message = program.message(for: event) else { return }
    jobs.cancelAll()
    let last = Jobs()
    let signal = mailbox.signal
    for effect in program.update(message) {
      last.start(effect, mailbox) { signal.raise() }
    }
    let start = ContinuousClock.now
    while last.count > 0 {
      let timeout = remaining(until: start, plus: Self.farewell)
      guard timeout > 0, signal.wait(timeout: timeout) else { break }
      signal.lower()
    }
    last.cancelAll()
  }

  /// Milliseconds until an interval has passed since an instant; rounded up, so that waiting this
  /// long is enough.
  private func remaining(until start: ContinuousClock.Instant?, plus interval: Duration) -> Int {
    guard let start else { return 0 }
    let rest = interval - start.duration(to: .now)
    guard rest > .zero else { return 0 }
    return Int(rest.components.seconds) * 1000
      + Int(rest.components.attoseconds / 1_000_000_000_000_000) + 1
  }
}
