import Glibc
import Testing

@testable import TUI

/// Counts keys, and starts work on demand.
private struct Counter: Program {
  enum Message: Sendable {
    case typed(Character), sized(Size), worked(Int), ending(TerminalEvent), saved
  }

  var typed = ""
  var size = Size(columns: 0, rows: 0)
  var work = 0
  var ending: TerminalEvent?
  var hasSaved = false
  var isFinished: Bool { typed.hasSuffix("q") }

  /// What this thread has computed, however busy the machine is.
  private static var threadNanoseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  func message(for event: TerminalEvent) -> Message? {
    switch event {
    case .key(.char(let character)): .typed(character)
    case .key(.ctrl("c")): .typed("q")
    case .resize(let size): .sized(size)
    case .hungUp, .terminate: .ending(event)
    default: nil
    }
  }

  mutating func update(_ message: Message) -> [Effect<Message>] {
    switch message {
    case .typed(let character):
      typed.append(character)
      if character == "w" { return [{ box in for step in 1...100 { box.post(.worked(step)) } }] }
      if character == "s" {
        let end = Self.threadNanoseconds + 300_000_000
        while Self.threadNanoseconds < end {}
      }
      // Another program has the processor.
      if character == "z" { usleep(300_000) }
    case .sized(let size): self.size = size
    case .worked(let step): work = step
    case .saved: hasSaved = true
    case .ending(let event):
      ending = event
      return [{ box in box.post(.saved) }]
    }
    return []
  }

  func view(on canvas: inout Canvas) {
    canvas.write("typed \(typed) work \(work) size \(size.columns)", row: 0, column: 0)
  }
}

/// Asks for work while an odd number of `w` was typed.
private struct Asking: Program {
  enum Message: Sendable { case typed(Character), begun, ended }

  var typed = ""
  var (begun, ended) = (0, 0)
  var isFinished: Bool { typed.hasSuffix("q") }

  func message(for event: TerminalEvent) -> Message? {
    if case .key(.char(let character)) = event { .typed(character) } else { nil }
  }

  mutating func update(_ message: Message) -> [Effect<Message>] {
    switch message {
    case .typed(let character): typed.append(character)
    case .begun: begun += 1
    case .ended: ended += 1
    }
    return []
  }

  var standingWork: [String: Effect<Message>] {
    guard typed.count(where: { $0 == "w" }) % 2 == 1 else { return [:] }
    return [
      "count": { box in
        box.post(.begun)
        while !Task.isCancelled { await Task.yield() }
        box.post(.ended)
      }
    ]
  }

  func view(on canvas: inout Canvas) {
    canvas.write("\(typed) begun \(begun) ended \(ended)", row: 0, column: 0)
  }
}

/// Reports everything at once, as a terminal does whose program was busy.
private struct BusyTerminal: Terminal {
  let size = Size(columns: 40, rows: 2)
  let glyphs = Glyphs.unicode
  let depth = ColorDepth.mono
  var batch: [TerminalEvent]

  mutating func show(_ canvas: Canvas) {}

  mutating func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent] {
    // A short wait is for a frame that is due.
    if let timeout, timeout < 1000 { return [] }
    defer { batch = [] }
    return batch.isEmpty ? [.hungUp] : batch
  }

  mutating func dropPendingKeys() {}
}

/// Presses a key that sets something off, waits for the answer, and counts frames.
private struct PatientTerminal: Terminal {
  let size = Size(columns: 40, rows: 2)
  let glyphs = Glyphs.unicode
  let depth = ColorDepth.mono
  private var shown = 0
  /// The frames that were shown before each time that events were asked for.
  private(set) var framesBefore: [Int] = []

  mutating func show(_ canvas: Canvas) { shown += 1 }

  mutating func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent] {
    framesBefore.append(shown)
    switch framesBefore.count {
    case 1: return [.key(.char("w"))]
    case 2:
      while !signal.wait(timeout: 1000) {}
      return []
    default: return [.hungUp]
    }
  }

  mutating func dropPendingKeys() {}
}

@Suite(.timeLimit(.minutes(1))) struct RunLoopTests {
  private let size = Size(columns: 40, rows: 2)

  @Test func keysBecomeMessagesAndFrames() {
    var program = Counter()
    var terminal = ScriptedTerminal(
      [.type("ab"), .capture("typed"), .type("q"), .type("never")], size: size)
    #expect(run(&program, on: &terminal) == .finished)
    #expect(program.typed == "abq")
    #expect(terminal.captures["typed"]?.text == "typed ab work 0 size 40")
    #expect(terminal.frameCount == 3)
  }

  /// A key that was typed while something else computed meant another screen; Ctrl-C always means the same.
  @Test func lateKeysAreDroppedButNotCtrlC() {
    var program = Counter()
    var terminal = BusyTerminal(
      batch: [.key(.char("s")), .key(.char("a")), .key(.ctrl("c")), .key(.char("b"))])
    #expect(run(&program, on: &terminal) == .finished)
    #expect(program.typed == "sq")
  }

  @Test func keysAreKeptWhenTheMachineIsBusyWithSomethingElse() {
    var program = Counter()
    var terminal = BusyTerminal(
      batch: [.key(.char("z")), .key(.char("a")), .key(.char("b")), .key(.ctrl("c"))])
    #expect(run(&program, on: &terminal) == .finished)
    #expect(program.typed == "zabq")
  }

  @Test func effectsAnswerWithMessages() {
    var program = Counter()
    var terminal = ScriptedTerminal(
      [.key(.char("w")), .wait(for: "work 100"), .type("q")], size: size)
    #expect(run(&program, on: &terminal) == .finished)
    #expect(terminal.missing == nil)
    // A hundred messages are worth a few frames.
    #expect(terminal.frameCount < 20)
  }

  /// No thirtieth of a second lies between a key's frame and that of what it set off.
  @Test func theAnswerToAKeyShowsAtOnce() {
    var program = Counter()
    var terminal = PatientTerminal()
    #expect(run(&program, on: &terminal) == .hungUp)
    #expect(terminal.framesBefore == [1, 2, 3])
  }

  @Test func workMayBeginWithTheRun() {
    var program = Counter()
    var terminal = ScriptedTerminal([.wait(for: "work 7"), .type("q")], size: size)
    run(&program, on: &terminal, effects: [{ $0.post(.worked(7)) }])
    #expect(terminal.missing == nil)
  }

  @Test func aResizeIsAMessageAndAFrame() {
    var program = Counter()
    var terminal = ScriptedTerminal(
      [.event(.resize(Size(columns: 30, rows: 1))), .capture("small"), .type("q")], size: size)
    run(&program, on: &terminal)
    #expect(terminal.captures["small"]?.fullSize == Size(columns: 30, rows: 1))
    #expect(terminal.captures["small"]?.text.hasSuffix("size 30") == true)
  }

  @Test func theEndOfTheTerminalEndsTheRunAfterSaving() {
    var program = Counter()
    var terminal = ScriptedTerminal([.type("a")], size: size)
    #expect(run(&program, on: &terminal) == .hungUp)
    #expect(program.ending == .hungUp)
    program = Counter()
    terminal = ScriptedTerminal([.event(.terminate(signal: 15)), .type("b")], size: size)
    #expect(run(&program, on: &terminal) == .terminated(signal: 15))
    #expect(program.typed.isEmpty)
  }

  @Test func effectsAreCancelledAtTheEnd() async {
    let ended = AsyncStream.makeStream(of: Bool.self)
    var program = Counter()
    var terminal = ScriptedTerminal([.wait(for: "work 1"), .type("q")], size: size)
    run(
      &program, on: &terminal,
      effects: [
        { box in
          box.post(.worked(1))
          while !Task.isCancelled { await Task.yield() }
          ended.continuation.yield(true)
        }
      ])
    var answers = ended.stream.makeAsyncIterator()
    #expect(await answers.next() == true)
  }

  /// Whoever does not watch waits for what is computed, and for nothing else.
  @Test func aPauseWithoutAScreenWaitsForWorkOnly() {
    var program = Counter()
    var terminal = ScriptedTerminal(
      [
        .key(.char("w")), .pause(.seconds(30)), .capture("after"), .pause(.seconds(500)),
        .type("q"),
      ],
      size: size)
    let start = ContinuousClock.now
    run(&program, on: &terminal)
    #expect(start.duration(to: .now) < .seconds(20))
    #expect(terminal.captures["after"]?.text.contains("work 100") == true)
    // Two keys and two pauses.
    #expect(terminal.elapsed == .milliseconds(530_240))
  }

  @Test func whatMustNotBeThereIsToldWithItsStep() {
    var program = Counter()
    var terminal = ScriptedTerminal(
      [.type("a"), .absent("b"), .absent("typed a"), .type("q")], size: size)
    #expect(run(&program, on: &terminal) == .hungUp)
    #expect(terminal.missing == "typed a" && terminal.stepsDone == 2)
  }

  /// On a screen frames are shown there, its size counts, and Ctrl-C ends the play.
  @Test func aScriptOnAScreenIsSeenThere() {
    var program = Counter()
    let screen = BusyTerminal(batch: [.key(.char("x")), .key(.ctrl("c"))])
    var terminal = ScriptedTerminal([.type("a"), .pause(.seconds(600))], on: screen)
    #expect(run(&program, on: &terminal) == .finished)
    #expect(program.typed == "aq" && program.size == screen.size)
    #expect(terminal.elapsed == nil)
  }

  /// Standing work begins once, however often the state is updated, and ends when the state no longer asks for it.
  @Test func standingWorkLastsAsLongAsTheStateAsksForIt() {
    var program = Asking()
    var terminal = ScriptedTerminal(
      [
        .type("w"), .wait(for: "begun 1"), .type("ab"), .wait(for: "ended 0"), .type("w"),
        .wait(for: "ended 1"), .type("w"), .wait(for: "begun 2"), .type("q"),
      ], size: size)
    #expect(run(&program, on: &terminal) == .finished)
    #expect(terminal.missing == nil)
    #expect(program.begun == 2)
  }

  @Test func aWaitInVainSaysForWhat() {
    var program = Counter()
    var terminal = ScriptedTerminal([.wait(for: "nothing")], size: size, patience: .milliseconds(1))
    #expect(run(&program, on: &terminal) == .hungUp)
    #expect(terminal.missing == "nothing")
  }
}
