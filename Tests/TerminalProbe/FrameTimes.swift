import Glibc
import TUI

/// How long frames take that change in every cell, in processor time.
enum FrameTimes {
  static func measure(on terminal: NCursesTerminal, frames: Int) -> String {
    var (drawing, showing): ([Double], [Double]) = ([], [])
    for frame in 0..<frames {
      let (rows, columns) = (terminal.size.rows * 2, terminal.size.columns)
      let values = (0..<rows * columns).map { Float(($0 * 7 + frame * 31) % 97) }
      let map = HeatMap(values: values, rows: rows, columns: columns)
      let start = milliseconds()
      var canvas = Canvas(
        size: terminal.size, glyphs: terminal.glyphs, depth: terminal.depth)
      map.draw(
        on: &canvas, in: Rect(column: -1, row: -1, columns: columns + 1, rows: rows + 3))
      let drawn = milliseconds()
      terminal.show(canvas)
      drawing.append(drawn - start)
      showing.append(milliseconds() - drawn)
    }
    return "frames \(frames): draw \(summary(drawing)), show \(summary(showing))"
  }

  private static func summary(_ times: [Double]) -> String {
    let sorted = times.sorted()
    let (median, high) = (sorted[times.count / 2], sorted[times.count * 19 / 20])
    return "median \(ShortNumber.text(median)) ms, 95th percentile \(ShortNumber.text(high)) ms"
  }

  private static func milliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
