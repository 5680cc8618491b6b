import TUI

/// A figure on a screen with its knobs below it: computed, under way, or failed.
struct FigurePane {
  /// What is known of the figure.
  let entry: FigureStore.Entry
  /// The knobs under it.
  let knobs: Knobs
  /// The cell under the cursor.
  let cursor: Token
  /// True if the cursor is to be seen.
  let showsCursor: Bool
  /// True if the pane has the keys.
  let hasFocus: Bool
  /// The cells that the learner painted; nil outside painting.
  let painted: Set<Token>?
  /// The cells that the model has, after the commit.
  let expected: Set<Token>?
  /// The drawing characters of the terminal.
  let glyphs: Glyphs
  /// The language of its own words.
  let language: Language

  /// The smallest size that shows the whole figure.
  func minimumSize(glyphs: Glyphs, depth: ColorDepth) -> Size {
    // An unfinished figure takes the narrowest pane, so that most screens do not move when it is there.
    view?.minimumSize(glyphs: glyphs, depth: depth)
      ?? Size(columns: FigureView.narrowest, rows: 8)
  }

  /// Draws the figure and its knobs.
  func draw(on canvas: inout Canvas, in layout: LessonLayout) {
    knobs.draw(on: &canvas, in: layout.knobs)
    if let view {
      view.draw(on: &canvas, in: layout.figure)
    } else {
      canvas.region(layout.figure) { canvas in
        let lines = wrap(message, columns: canvas.size.columns)
        for (row, line) in lines.enumerated() { canvas.write(line, row: row, column: 0) }
      }
    }
  }

  private var view: FigureView? {
    guard case .ready(var figure) = entry else { return nil }
    if let painted, let expected { figure.legend = legend(painted, expected) }
    return FigureView(
      figure: figure, cursor: showsCursor ? cursor : nil, marks: marks, readOut: paintReadOut)
  }

  /// While cells are painted: how many, and where the cursor is; nothing that would tell the answer.
  private var paintReadOut: String? {
    guard let painted, expected == nil else { return nil }
    let place = Value.token(cursor).text(language)
    return "\(place)   \(Phrases.painted[language]) \(painted.count)"
  }

  /// What the marks of a compared painting mean, in place of the figure's own.
  private func legend(_ painted: Set<Token>, _ expected: Set<Token>) -> [LegendEntry] {
    let counts = [
      (glyphs.right, Phrases.paintedRightly, painted.intersection(expected).count),
      (glyphs.wrong, Phrases.paintedTooMany, painted.subtracting(expected).count),
      (glyphs.unselected, Phrases.notPainted, expected.subtracting(painted).count),
    ]
    return counts.map { LegendEntry(String($0), "\($1[language]) \($2)") }
  }

  /// The paint, and after the commit where it parts from the model's cells.
  private var marks: [Token: CellGrid.Mark] {
    guard let painted else { return [:] }
    guard let expected else {
      return Dictionary(uniqueKeysWithValues: painted.map { ($0, .painted) })
    }
    let marked = painted.union(expected).map { cell -> (Token, CellGrid.Mark) in
      (cell, !painted.contains(cell) ? .missed : expected.contains(cell) ? .right : .extra)
    }
    return Dictionary(uniqueKeysWithValues: marked)
  }

  private var message: [Run] {
    if case .failed(let reason) = entry { return [Run(reason, .error)] }
    return [Run(Phrases.computing[language], .dim)]
  }
}

extension Figure {
  /// The cells that a cursor can go to: those of a grid, the patches of a picture, or the rows of a flow.
  var extent: (rows: Int, columns: Int) {
    switch body {
    case .grid(let grid): (grid.rows, grid.columns)
    case .image(let image) where image.patch > 0:
      (image.height / image.patch, image.width / image.patch)
    case .flow(let rows) where FlowLines(rows: rows).isWalked: (rows.count, 1)
    default: (1, 1)
    }
  }
}
