import TUI

/// Random frames; any key but Ctrl-C goes on to the next.
struct FuzzProgram: Program {
  private var frames: FuzzFrames
  private var frame: [FuzzFrames.Stroke] = []
  private(set) var isFinished = false

  init(seed: UInt64) {
    frames = FuzzFrames(seed: seed)
    frame = frames.next()
  }

  func message(for event: TerminalEvent) -> Key? {
    guard case .key(let key) = event else { return nil }
    return key
  }

  mutating func update(_ message: Key) -> [Effect<Key>] {
    if message == .ctrl("c") { isFinished = true }
    frame = frames.next()
    return []
  }

  func view(on canvas: inout Canvas) {
    FuzzFrames.draw(frame, on: &canvas)
  }
}

/// The frames, which the tests make too and compare with what the terminal shows.
struct FuzzFrames {
  /// One text at a place.
  struct Stroke: Sendable {
    /// The text.
    let text: String
    let row: Int
    let column: Int
    let style: Style
  }

  private static let alphabet = [
    "a", "Z", " ", "  ", "窗", "口", "注意力", "▀", "─", "│", "é", "e\u{301}", "ñ", "⣿", "░", "한", "かな",
    "，", "。", "x\u{304}", "W", "\t", "😀", "\u{301}", "\u{202E}", "\u{1B}",
  ]

  private var state: UInt64
  private var strokes: [Stroke] = []

  /// Creates the frames of a seed.
  init(seed: UInt64) { state = seed }

  /// The next frame: mostly the last with something on top, sometimes a new one.
  mutating func next() -> [Stroke] {
    if random(4) == 0 { strokes = [] }
    for _ in 0..<random(60) {
      let text = (0...random(8)).map { _ in Self.alphabet[random(Self.alphabet.count)] }.joined()
      let roles = Role.allCases
      var style = Style(roles[random(roles.count)])
      if random(2) == 0 { style.foreground = Palette.color(at: UInt8(random(256))) }
      if random(4) == 0 { style.background = Palette.color(at: UInt8(random(256))) }
      strokes.append(Stroke(text: text, row: random(26), column: random(70) - 2, style: style))
    }
    return strokes
  }

  /// Draws a frame.
  static func draw(_ strokes: [Stroke], on canvas: inout Canvas) {
    for stroke in strokes {
      canvas.write(stroke.text, row: stroke.row, column: stroke.column, style: stroke.style)
    }
  }

  private mutating func random(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }
}
