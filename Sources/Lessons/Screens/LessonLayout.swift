import TUI

/// Where the panes of a step stand.
struct LessonLayout: Equatable {
  /// Prose and question; empty when only the figure is shown.
  private(set) var text: Rect
  /// The figure; empty when only the text is shown.
  private(set) var figure: Rect
  /// The figure's knobs: under it, or where the rows are scarce under the text beside it.
  private(set) var knobs: Rect
  /// True when Tab shows the other pane instead of moving the focus beside it.
  private(set) var isSingle = false

  /// The narrowest column that prose reads well in; with the narrowest figure it fills 80 columns.
  static let proseColumns = 42
  /// The widest; longer lines are harder to follow than more of them.
  static let widestProse = 76
  /// The rows of text that stacked panes keep.
  static let stackedProse = 8

  /// Chooses the arrangement: side by side where both fit, else stacked, else one pane at a time.
  ///
  /// - Parameters:
  ///   - area: What the header and the bottom lines leave.
  ///   - minimum: The smallest size that shows the whole figure, or nil for no figure.
  ///   - knobs: The size of its knobs.
  ///   - showsFigure: True if the figure's pane has the focus; decides what a single pane shows.
  ///   - isBig: True if the figure gets all of it, as on a projector.
  init(area: Rect, figure minimum: Size?, knobs: Size, showsFigure: Bool, isBig: Bool = false) {
    let nothing = Rect(column: area.column, row: area.row, columns: 0, rows: 0)
    text = nothing
    figure = nothing
    self.knobs = nothing
    guard let minimum else {
      text = area.splitLeft(Self.widestProse).left
      return
    }
    if isBig {
      (self.knobs, figure) = area.splitBottom(min(knobs.rows, area.rows / 2))
      return
    }
    let width = max(minimum.columns, knobs.columns)
    let gap = 3
    if area.columns - width - gap >= Self.proseColumns, minimum.rows <= area.rows {
      let share = min(area.columns * 48 / 100, Self.widestProse)
      let (left, rest) = area.splitLeft(
        min(max(share, Self.proseColumns), area.columns - width - gap))
      let right = rest.splitLeft(gap).rest
      if minimum.rows + knobs.rows <= area.rows {
        text = left
        (self.knobs, figure) = right.splitBottom(knobs.rows)
      } else {
        (self.knobs, text) = left.splitBottom(knobs.rows)
        text = text.splitBottom(1).rest
        figure = right
      }
      return
    }
    let needed = minimum.rows + knobs.rows
    if area.rows - needed - 1 >= Self.stackedProse, width <= area.columns {
      let (bottom, rest) = area.splitBottom(needed)
      text = rest.splitBottom(1).rest
      (self.knobs, figure) = bottom.splitBottom(knobs.rows)
      return
    }
    isSingle = true
    if showsFigure {
      (self.knobs, figure) = area.splitBottom(min(knobs.rows, area.rows / 2))
    } else {
      text = area
    }
  }

  /// The column of the line between panes side by side, or the row between stacked ones.
  var divider: (column: Int?, row: Int?) {
    if text.isEmpty || figure.isEmpty { return (nil, nil) }
    return text.row == figure.row ? (text.right + 1, nil) : (nil, text.bottom)
  }
}
