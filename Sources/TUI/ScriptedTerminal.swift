/// A terminal whose keys come from a script: without a screen, or on one where somebody watches.
///
/// A run ends as `hungUp` when the script is over. Without a screen nobody waits for the script's pauses, and `elapsed`
/// tells the time that would have passed.
public struct ScriptedTerminal: Terminal {
  /// One step of a script; every step sees the frame that the step before it led to.
  public enum Step: Sendable, Hashable {
    /// Press a key.
    case key(Key)
    /// Type a text, a key a character.
    case type(String)
    /// Report any event; a `resize` changes the size first.
    case event(TerminalEvent)
    /// Wait until a frame contains a text.
    case wait(for: String)
    /// Expect that the frame does not contain a text.
    case absent(String)
    /// Let whoever watches look for a while.
    case pause(Duration)
    /// Keep the present frame under a name.
    case capture(String)
  }

  /// The screen's size.
  public var size: Size { screen?.size ?? ownSize }
  /// The drawing characters.
  public let glyphs: Glyphs
  /// The colours.
  public let depth: ColorDepth
  /// The last frame.
  public private(set) var frame: Canvas
  /// The number of frames that were shown.
  public private(set) var frameCount = 0
  /// The frames that were kept, by name.
  public private(set) var captures: [String: Canvas] = [:]
  /// What a wait was in vain for, or what should not have been there; nil if the script went through.
  public private(set) var missing: String?
  /// The number of steps that are over; the failing one is not.
  public var stepsDone: Int { stepCount - steps.count }
  /// The time that the script's keys and pauses take; nil on a screen, where it is the clock's.
  public var elapsed: Duration? { screen == nil ? scriptTime : nil }
  private var screen: (any Terminal)?
  private var ownSize: Size
  private var scriptTime = Duration.zero
  private var steps: [Step]
  private let stepCount: Int
  private var rest: Substring = ""
  private var deadline: ContinuousClock.Instant?
  private var settlingEnd: ContinuousClock.Instant?
  private let patience: Duration

  /// How long a typed key takes, about as a quick typist.
  private static let keyTime = Duration.milliseconds(120)

  /// Creates a terminal that plays a script.
  ///
  /// - Parameters:
  ///   - steps: The script.
  ///   - size: The screen's size.
  ///   - glyphs: The drawing characters.
  ///   - depth: The colours.
  ///   - patience: How long one step waits for its text.
  public init(
    _ steps: [Step], size: Size = Size(columns: 80, rows: 24), glyphs: Glyphs = .unicode,
    depth: ColorDepth = .indexed256, patience: Duration = .seconds(20)
  ) {
    self.steps = steps.reversed()
    stepCount = steps.count
    ownSize = size
    self.glyphs = glyphs
    self.depth = depth
    self.patience = patience
    frame = Canvas(size: size, glyphs: glyphs, depth: depth)
  }

  /// Creates a terminal that plays a script on a screen, where Ctrl-C ends it.
  ///
  /// - Parameters:
  ///   - steps: The script.
  ///   - screen: Where frames are shown.
  ///   - patience: How long one step waits for its text.
  public init(_ steps: [Step], on screen: any Terminal, patience: Duration = .seconds(20)) {
    self.init(
      steps, size: screen.size, glyphs: screen.glyphs, depth: screen.depth, patience: patience)
    self.screen = screen
  }

  /// The last frame as text.
  public var text: String { frame.text }

  /// Shows a frame.
  public mutating func show(_ canvas: Canvas) {
    frame = canvas
    frameCount += 1
    screen?.show(canvas)
  }

  /// Waits for something to report and returns all there is.
  public mutating func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent] {
    // What is waiting to be drawn is drawn before the next step looks at the screen.
    if let timeout { return idle(signal, timeout) }
    if let first = rest.popFirst() { return press(first == "\n" ? .enter : .char(first), signal) }
    guard let step = steps.popLast() else { return [.hungUp] }
    switch step {
    case .key(let key): return press(key, signal)
    case .type(let text):
      rest = text[...]
      return []
    case .event(let event):
      if case .resize(let size) = event, screen == nil { ownSize = size }
      return [event]
    case .capture(let name):
      captures[name] = frame
      return []
    case .wait(let text): return wait(for: text, signal)
    case .absent(let text):
      guard frame.text.contains(text) else { return [] }
      return fail(step, text)
    case .pause(let time):
      return screen == nil ? settle(signal, time) : watch(signal, until: .now + time)
    }
  }

  /// Forgets what was typed and not yet reported.
  public mutating func dropPendingKeys() {}

  private mutating func press(_ key: Key, _ signal: WakeSignal) -> [TerminalEvent] {
    scriptTime += Self.keyTime
    let events = screen == nil ? [] : watch(signal, until: .now + Self.keyTime)
    return events + [.key(key)]
  }

  /// Passes time; on a screen reports what must not wait for the script.
  private mutating func idle(_ signal: WakeSignal, _ timeout: Int?) -> [TerminalEvent] {
    guard screen != nil else {
      _ = signal.wait(timeout: timeout)
      return []
    }
    let events = screen?.events(wakingOn: signal, timeout: timeout) ?? []
    return events.filter { event in
      switch event {
      case .key(let key): key == .ctrl("c")
      case .paste, .mouse, .caption: false
      case .recordingEnded: true
      case .resize, .resumed, .terminate, .hungUp: true
      }
    }
  }

  /// Lets time pass until an instant, or until there is something to draw or report; what is left of it comes later.
  private mutating func watch(
    _ signal: WakeSignal, until end: ContinuousClock.Instant
  ) -> [TerminalEvent] {
    let left = ContinuousClock.now.duration(to: end)
    guard left > .zero else { return [] }
    let events = idle(signal, Int(left.milliseconds) + 1)
    let remaining = ContinuousClock.now.duration(to: end)
    if remaining > .milliseconds(2) { steps.append(.pause(remaining)) }
    return events
  }

  /// Passes a pause that nobody watches: what is being computed gets the time, and nothing else needs it.
  private mutating func settle(_ signal: WakeSignal, _ time: Duration) -> [TerminalEvent] {
    let end = settlingEnd ?? .now + time
    let left = ContinuousClock.now.duration(to: end)
    if signal.isAwaited, left > .zero {
      settlingEnd = end
      steps.append(.pause(time))
      _ = signal.wait(timeout: Int(left.milliseconds) + 1)
    } else {
      settlingEnd = nil
      scriptTime += time
    }
    return []
  }

  private mutating func fail(_ step: Step, _ text: String) -> [TerminalEvent] {
    steps.append(step)
    missing = text
    return [.hungUp]
  }

  private mutating func wait(for text: String, _ signal: WakeSignal) -> [TerminalEvent] {
    if frame.text.contains(text) {
      deadline = nil
      return []
    }
    let end = deadline ?? .now + patience
    let rest = ContinuousClock.now.duration(to: end)
    guard rest > .zero else { return fail(.wait(for: text), text) }
    deadline = end
    steps.append(.wait(for: text))
    return idle(signal, Int(rest.milliseconds) + 1)
  }
}
