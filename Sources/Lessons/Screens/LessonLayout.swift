import TUI

/// Where the panes of a step stand.
struct LessonLayout: Equatable {
  /// Prose and question; empty when only the figure is shown.
  var text: Rect
  /// The figure with its knobs; empty when only the text is shown.
  var figure: Rect
  /// True when Tab shows the other pane instead of moving the focus beside it.
  var isSingle = false

  /// The narrowest column that prose reads well in.
  static let proseColumns = 44

  /// Chooses the arrangement.
  ///
  /// Side by side from 100 columns, and from 76 if the figure leaves the prose its width; stacked if both
  /// have enough rows; otherwise one pane at a time.
  ///
  /// - Parameters:
  ///   - area: What the header and the bottom lines leave.
  ///   - minimum: The smallest size that shows the whole figure with its knobs, or nil for no figure.
  ///   - showsFigure: True if the figure's pane has the focus; decides what a single pane shows.
  init(area: Rect, minimum: Size?, showsFigure: Bool) {
    let nothing = Rect(column: area.column, row: area.row, columns: 0, rows: 0)
    guard let minimum else {
      text = area
      figure = nothing
      return
    }
    let margin = 1
    let left = area.columns - minimum.columns - 2 * margin - 1
    let isWide = area.columns >= 100 || (area.columns >= 76 && left >= Self.proseColumns)
    if isWide, left >= Self.proseColumns, minimum.rows <= area.rows {
      // Prose keeps a readable measure; the figure takes the rest.
      let prose = min(max(area.columns * 48 / 100, Self.proseColumns), left, 72)
      let (text, rest) = area.splitLeft(prose)
      self.text = text
      figure = rest.splitLeft(2 * margin + 1).rest
      return
    }
    let proseRows = 8
    if area.rows - minimum.rows - 1 >= proseRows, minimum.columns <= area.columns {
      let (bottom, rest) = area.splitBottom(minimum.rows)
      text = rest.splitBottom(1).rest
      figure = bottom
      return
    }
    isSingle = true
    text = showsFigure ? nothing : area
    figure = showsFigure ? area : nothing
  }

  /// The column or row of the line between the panes, if they stand together.
  var divider: (column: Int?, row: Int?) {
    if text.isEmpty || figure.isEmpty { return (nil, nil) }
    return text.row == figure.row ? (text.right + 1, nil) : (nil, text.bottom)
  }
}
