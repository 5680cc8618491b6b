import TUI
import Testing

@testable import Lessons

@Suite struct FigureTextTests {
  private func text(_ figure: Figure, _ columns: Int, _ glyphs: Glyphs = .ascii) -> String {
    FigureText.lines(figure, columns: columns, glyphs: glyphs).joined(separator: "\n")
  }

  private func figure(_ body: Figure.Body) -> Figure {
    Figure(title: "Title", sentence: "Sentence.", body: body)
  }

  @Test func aGridIsLabelledAndReadOut() {
    var figure = figure(
      .grid(
        GridContent(
          rows: 3, columns: 4, cells: .heat([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10], range: 0...10),
          unit: "kg", focus: Token(row: 1, column: 1), muted: [Token(row: 2, column: 3)],
          realRows: 2, realColumns: 3, ruleEvery: 2)))
    figure.legend = [LegendEntry("?", "the query")]
    figure.caution = "random weights"
    #expect(
      text(figure, 40) == """
        Title
        Sentence.

           01 2p
         0 01 23
         1 4? 67
         p 89 9.
        (1,1) 5 kg

        0-9 0 ... 10 kg
        ? the query
        ! random weights
        """)
  }

  @Test func aTableStandsInColumnsOrFallsApartIntoLines() {
    let table = figure(
      .table(
        Table(columns: ["window", "pairs"], rows: [["2×2", "1,024"], ["global", "65,536"]])))
    #expect(
      text(table, 40, .unicode) == """
        Title
        Sentence.

        window   pairs
        ──────  ──────
        2×2      1,024
        global  65,536
        """)
    let wide = figure(
      .table(
        Table(
          columns: ["way", "what it does"], rows: [["a", "a long explanation of it"], ["b", "-"]])
      ))
    #expect(
      text(wide, 24) == """
        Title
        Sentence.

        way: a
        what it does: a long
        explanation of it

        way: b
        what it does: -
        """)
  }

  @Test func aFlowSetsItsRemarksBehindOrBelow() {
    let flow = figure(
      .flow([
        FlowRow(name: "pad", shape: [1, 18, 18, 64], remark: "zeros at the bottom and right"),
        FlowRow(name: "cut", shape: [9, 6, 6, 64]),
      ]))
    #expect(
      text(flow, 60, .unicode).hasSuffix(
        "pad  1×18×18×64  zeros at the bottom and right\ncut  9×6×6×64"))
    #expect(
      text(flow, 30).hasSuffix(
        "pad  1x18x18x64\n    zeros at the bottom and\n    right\ncut  9x6x6x64"))
  }

  @Test func aChartIsTheTableOfItsPoints() {
    let chart = ChartContent(
      xLabel: "side", yLabel: "tokens", isLogarithmic: true,
      series: [
        .init(name: "counted", points: [.init(x: 224, y: 196), .init(x: 1024, y: 4096)]),
        .init(name: "formula", points: [.init(x: 1024, y: 4096)]),
      ])
    #expect(
      text(figure(.chart(chart)), 40).hasSuffix(
        """
         side  counted  formula
        -----  -------  -------
          224      196        –
        1,024    4,096    4,096
        """.replacingDashes))
  }

  @Test func aPictureShowsItsPatchesWideEnoughToFit() {
    let black: [UInt8] = [0, 0, 0]
    let white: [UInt8] = [255, 255, 255]
    let image = ImageContent(
      width: 4, height: 2,
      pixels: [black, black, white, white, black, black, white, white].flatMap { $0 }, patch: 2,
      focus: Token(row: 0, column: 0))
    let lines = text(figure(.image(image)), 20).split(separator: "\n").map(String.init)
    #expect(
      lines.dropFirst(2) == [
        "   0       1", " 0 ????????@@@@@@@@", "   ????????@@@@@@@@", "   ????????@@@@@@@@",
        "   ????????@@@@@@@@",
      ])
  }

  @Test(arguments: FigureCatalogTests.requests) func noLineIsWiderThanAskedFor(
    request: FigureRequest
  ) throws {
    let settings: [(Language, Int, Glyphs)] = [(.en, 40, .ascii), (.zh, 80, .unicode)]
    for (language, columns, glyphs) in settings {
      var request = request
      request.language = language
      let figure = try FigureCatalog.figure(request, laboratory: .shared)
      let lines =
        FigureText.lines(figure, columns: columns, glyphs: glyphs)
        + FigureText.evidence(figure, columns: columns, glyphs: glyphs).prefix(40)
      for line in lines {
        // The rows of a grid are never broken.
        let widest = max(columns, (figure.grid?.columns ?? 0) + GridMarks.labelColumns)
        #expect(TextWidth.columns(of: line) <= widest, "\(line)")
        let isSpelled = line.allSatisfy { $0.isASCII } || language == .zh
        #expect(isSpelled, "\(line)")
      }
    }
  }
}

extension String {
  /// The en dash of an empty cell as ASCII spells it.
  fileprivate var replacingDashes: String { String(map { $0 == "–" ? "-" : $0 }) }
}
