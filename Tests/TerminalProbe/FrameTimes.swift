import TUI

/// How long frames take that change in every cell.
enum FrameTimes {
  static func measure(on terminal: NCursesTerminal, frames: Int) -> String {
    var times: [Duration] = []
    for frame in 0..<frames {
      let (rows, columns) = (terminal.size.rows * 2, terminal.size.columns)
      let values = (0..<rows * columns).map { Float(($0 * 7 + frame * 31) % 97) }
      let map = HeatMap(values: values, rows: rows, columns: columns)
      let start = ContinuousClock.now
      var canvas = Canvas(
        size: terminal.size, glyphs: terminal.glyphs, depth: terminal.depth)
      map.draw(
        on: &canvas, in: Rect(column: -1, row: -1, columns: columns + 1, rows: rows + 3))
      terminal.show(canvas)
      times.append(start.duration(to: .now))
    }
    times.sort()
    let (median, high) = (times[times.count / 2], times[times.count * 19 / 20])
    return "frames \(times.count): median \(median), 95th percentile \(high)"
  }
}
