/// A terminal whose frames go into a recording as well.
public struct RecordingTerminal<Base: Terminal>: Terminal {
  /// The terminal that is recorded.
  public private(set) var base: Base
  private let cast: Cast
  private var shown: Canvas?
  private let start = ContinuousClock.now
  /// Whether the program knows why the recording ended.
  private var hasToldFault = false

  /// Records a terminal from now on.
  public init(_ base: Base, into cast: Cast) {
    self.base = base
    self.cast = cast
  }

  /// The size of the screen now.
  public var size: Size { base.size }
  /// The drawing characters it can show.
  public var glyphs: Glyphs { base.glyphs }
  /// The colours it can show.
  public var depth: ColorDepth { base.depth }

  /// Whether it shows dark text on white.
  public var isLight: Bool { base.isLight }
  /// The time of the recorded terminal.
  public var elapsed: Duration? { base.elapsed }

  /// Shows a frame, and records what it changes and a marker where the place is another one.
  public mutating func show(_ canvas: Canvas) {
    base.show(canvas)
    let now = elapsed ?? start.duration(to: .now)
    if let shown, shown.fullSize != canvas.fullSize {
      cast.add(.resize, "\(canvas.fullSize.columns)x\(canvas.fullSize.rows)", at: now)
    }
    let isElsewhere = !canvas.place.isEmpty && canvas.place != shown?.place
    if isElsewhere { cast.add(.marker, canvas.place, at: now) }
    let changes = canvas.changes(from: shown)
    if !changes.isEmpty { cast.add(.output, changes, at: now) }
    shown = canvas
  }

  /// Waits for something to report, of which nothing is recorded; that a recording cannot go on is reported once.
  public mutating func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent] {
    if let fault = cast.fault, !hasToldFault {
      hasToldFault = true
      return [.recordingEnded(fault)]
    }
    return base.events(wakingOn: signal, timeout: timeout)
  }

  /// Forgets the keys that were typed and not yet reported.
  public mutating func dropPendingKeys() { base.dropPendingKeys() }
}
