/// A terminal without a screen: keys come from a script, and frames are kept.
///
/// A run ends as `hungUp` when the script is over.
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
    /// Keep the present frame under a name.
    case capture(String)
  }

  /// The screen's size.
  public private(set) var size: Size
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
  /// What a wait was in vain for; nil if the script went through.
  public private(set) var missing: String?
  private var steps: [Step]
  private var deadline: ContinuousClock.Instant?
  private let patience: Duration

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
    self.size = size
    self.glyphs = glyphs
    self.depth = depth
    self.patience = patience
    frame = Canvas(size: size, glyphs: glyphs, depth: depth)
  }

  /// The last frame as text.
  public var text: String { frame.text }

  /// Shows a frame.
  public mutating func show(_ canvas: Canvas) {
    frame = canvas
    frameCount += 1
  }

  /// Waits for something to report and returns all there is.
  public mutating func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent] {
    // What is waiting to be drawn is drawn before the next step looks at the screen.
    if let timeout {
      _ = signal.wait(timeout: timeout)
      return []
    }
    guard let step = steps.popLast() else { return [.hungUp] }
    switch step {
    case .key(let key): return [.key(key)]
    case .type(let text):
      guard let first = text.first else { return [] }
      if text.count > 1 { steps.append(.type(String(text.dropFirst()))) }
      return [.key(first == "\n" ? .enter : .char(first))]
    case .event(let event):
      if case .resize(let size) = event { self.size = size }
      return [event]
    case .capture(let name):
      captures[name] = frame
      return []
    case .wait(let text):
      return wait(for: text, signal)
    }
  }

  /// Forgets what was typed and not yet reported.
  public mutating func dropPendingKeys() {}

  private mutating func wait(for text: String, _ signal: WakeSignal) -> [TerminalEvent] {
    if frame.text.contains(text) {
      deadline = nil
      return []
    }
    let end = deadline ?? .now + patience
    let rest = ContinuousClock.now.duration(to: end)
    guard rest > .zero else {
      missing = text
      return [.hungUp]
    }
    deadline = end
    steps.append(.wait(for: text))
    _ = signal.wait(timeout: Int(rest.components.seconds) * 1000 + 1)
    return []
  }
}
