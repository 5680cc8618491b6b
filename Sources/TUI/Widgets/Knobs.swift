/// The settings that a reader can turn: `window ◂ 6 ▸`, one a row.
public struct Knobs: Sendable, Hashable {
  /// One setting.
  public struct Knob: Sendable, Hashable {
    /// The name.
    public var name: String
    /// What it can be set to, in order.
    public var settings: [String]
    /// The index of what it is set to.
    public var selection: Int

    /// Creates a setting.
    public init(name: String, settings: [String], selection: Int) {
      self.name = name
      self.settings = settings
      self.selection = selection
    }

    /// What it is set to.
    public var setting: String {
      settings.indices.contains(selection) ? settings[selection] : ""
    }
  }

  /// The settings.
  public var knobs: [Knob]
  /// The one that keys turn; nil if the keys go elsewhere.
  public var focus: Int?

  /// Creates rows of settings.
  public init(_ knobs: [Knob], focus: Int? = nil) {
    self.knobs = knobs
    self.focus = focus
  }

  /// The size at which nothing is cut.
  public func minimumSize(glyphs: Glyphs) -> Size {
    guard !knobs.isEmpty else { return Size(columns: 0, rows: 0) }
    return Size(
      columns: nameColumns(glyphs) + settingColumns(glyphs) + 7, rows: knobs.count)
  }

  /// Draws the rows; an arrow shows only where the setting can go.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let (names, settings) = (nameColumns(glyphs), settingColumns(glyphs))
    let first = max(min((focus ?? 0) - rect.rows + 1, knobs.count - rect.rows), 0)
    canvas.region(rect) { canvas in
      for (index, knob) in knobs.enumerated() {
        let row = index - first
        let isFocused = index == focus
        let arrow = Style(isFocused ? .prompt : .dim)
        if isFocused { canvas.put(glyphs.pointer, row: row, column: 0, style: arrow) }
        canvas.write(knob.name, row: row, column: 2, style: Style(isFocused ? .strong : .text))
        let start = 2 + names + 1
        if knob.selection > 0 {
          canvas.put(glyphs.previous, row: row, column: start, style: arrow)
        }
        let width = glyphs.columns(of: knob.setting)
        canvas.write(
          knob.setting, row: row, column: start + 2 + (settings - width) / 2,
          style: Style(isFocused ? .selected : .strong))
        if knob.selection < knob.settings.count - 1 {
          canvas.put(glyphs.next, row: row, column: start + settings + 3, style: arrow)
        }
      }
    }
  }

  private func nameColumns(_ glyphs: Glyphs) -> Int {
    knobs.map { glyphs.columns(of: $0.name) }.max() ?? 0
  }

  private func settingColumns(_ glyphs: Glyphs) -> Int {
    knobs.flatMap(\.settings).map { glyphs.columns(of: $0) }.max() ?? 0
  }
}
