import Testing

@testable import TUI

@Suite struct LineChartTests {
  private let chart = LineChart(
    series: [
      .init(
        name: "global",
        points: [.init(x: 224, y: 4e6), .init(x: 512, y: 1e8), .init(x: 1024, y: 1.6e9)]),
      .init(
        name: "window",
        points: [.init(x: 224, y: 4e5), .init(x: 512, y: 2e6), .init(x: 1024, y: 8e6)]),
    ], xLabel: "side", yLabel: "pairs", isLogarithmic: true)

  @Test func brailleLinesJoinTheMeasuredPoints() {
    #expect(
      drawing(40, 14) { chart.draw(on: &$0, in: $1) } == """
        pairs
        1.6G│                               ⣀⠤⠔●
            │                         ⢀⣀⠤⠔⠊⠉
            │                    ⢀⣀⠤⠒⠊⠁
            │               ⣀⡠⠤⠒●⠁
            │         ⣀⡠⠤⠒⠊⠉
            │   ⣀⡠⠤⠒⠊⠉                       ⣀⣀○
            │●⠊⠉                   ⣀⣀⡠⠤⠤⠒⠒⠊⠉⠉
            │           ⣀⣀⣀⠤⠤⠔⠒⠒○⠉⠉
        400k│○⣀⣀⠤⠤⠔⠒⠒⠊⠉⠉
            ────────────────────────────────────
             224            side            1024
        ● global
        ○ window
        """)
  }

  @Test func limitsHoldWhateverThePoints() {
    let part = LineChart(
      series: [.init(name: "", points: [.init(x: 0.5, y: 0.5), .init(x: 2, y: 9)])], xLabel: "r",
      yLabel: "p", limits: 0...1)
    let lines = drawing(24, 13, .ascii) { part.draw(on: &$0, in: $1) }.split(separator: "\n")
    #expect(lines[1].hasPrefix("1|") && lines[9].hasPrefix("0|"))
    #expect(lines[11].split(separator: " ") == ["0", "r", "1"])
    // The one point inside stands in the middle; the other is left out.
    #expect(lines[1...9].joined().filter { $0 == "*" }.count == 1)
    #expect(lines[5].contains("*"))
  }

  @Test func linesDifferInMarkInASCII() {
    #expect(
      drawing(40, 14, .ascii) { chart.draw(on: &$0, in: $1) } == """
        pairs
        1.6G|                                  *
            |                             .....
            |                        .....
            |                  *.....
            |            ......
            |      ......                      o
            |*.....            o...............
            |         .........
        400k|o........
            ------------------------------------
             224            side            1024
        * global
        o window
        """)
  }

  @Test func pointsWithoutALogarithmAreLeftOut() {
    var odd = chart
    odd.series = [.init(name: "x", points: [.init(x: 0, y: 1), .init(x: 2, y: .nan)])]
    #expect(!drawing(40, 12, .ascii) { odd.draw(on: &$0, in: $1) }.dropLast(4).contains("*"))
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { chart.draw(on: &$0, in: $1) }
    let empty = LineChart(series: [], xLabel: "", yLabel: "")
    drawAtEverySmallSize { empty.draw(on: &$0, in: $1) }
  }
}
