import Testing
import ViTDetMini

@testable import Lessons

@Suite struct PropagationFigureTests {
  private let cut = WindowGeometry(rows: 16, columns: 16, window: 6)

  /// The tokens on which an output depends, after each block behind the first.
  private func reached(
    _ token: Token, _ way: WayAcross, from: Int = 0, scale: Float = 1
  ) throws -> [Set<Token>] {
    try Laboratory.shared.gradients(at: token, way, from: from, scale: scale).map { lengths in
      Set(zip(cut.places, lengths).filter { $0.1 > 0 }.map(\.0))
    }
  }

  @Test(arguments: [Token(row: 2, column: 7), Token(row: 15, column: 15)])
  func windowsAloneKeepAGradientInside(token: Token) throws {
    let window = cut.tokens(sharedWith: token)
    #expect(try reached(token, .none) == Array(repeating: window, count: 8))
  }

  @Test func aGradientAgreesWithAChangeOfThePatch() throws {
    // Forward and backward, what is connected is the same.
    let token = Token(row: 8, column: 13)
    let changes = try Laboratory.shared.changes(of: token, globals: false)[7]
    let changed = Set(zip(cut.places, changes).filter { $0.1 > 0 }.map(\.0))
    for output in [Token(row: 6, column: 12), Token(row: 5, column: 13)] {
      let gradient = try reached(output, .none)[7]
      #expect(gradient.contains(token) == changed.contains(output))
    }
  }

  @Test func theFirstGlobalBlockOpensTheMap() throws {
    let token = Token(row: 2, column: 7)
    for (way, opens) in [(WayAcross.even, 1), (.first, 0), (.last, 4)] {
      let counts = try reached(token, way).map(\.count)
      #expect(counts == (0..<8).map { $0 < opens ? 36 : 256 }, "\(way)")
    }
  }

  @Test func behindTheFirstFourGlobalBlocksNothingCrosses() throws {
    let token = Token(row: 2, column: 7)
    let window = cut.tokens(sharedWith: token)
    #expect(try reached(token, .first, from: 4) == Array(repeating: window, count: 4))
    #expect(try reached(token, .first, from: 3).last?.count == 256)
    #expect(try reached(token, .last, from: 7).last?.count == 256)
    #expect(try reached(token, .even, from: 7).last?.count == 256)
  }

  @Test func aConvolutionReachesAsFarAsItsKernels() throws {
    // A 3×3 kernel at column 7 stays in the window from column 6 on; two of them see column 5.
    let token = Token(row: 2, column: 7)
    let own = cut.tokens(sharedWith: token)
    let left = cut.tokens(sharedWith: Token(row: 2, column: 5))
    #expect(try reached(token, .naive)[0...1] == [own, own])
    #expect(try reached(token, .bottleneck)[1] == own)
    #expect(try reached(token, .basic)[1] == own.union(left))
    // At the corner of four windows one kernel is enough.
    let corner = try reached(Token(row: 5, column: 5), .naive)
    #expect(corner[0].count == 36 && corner[1].count == 144)
  }

  @Test func freshConvolutionBlocksLetNothingAcross() throws {
    let token = Token(row: 5, column: 5)
    let window = cut.tokens(sharedWith: token)
    for way in [WayAcross.naive, .basic, .bottleneck] {
      #expect(try reached(token, way, scale: 0) == Array(repeating: window, count: 8))
    }
  }

  @Test func theFigureMutesExactlyTheZeros() throws {
    let grid = try #require(try Figure.made("gradient-influence", ["propagation": "none"]).grid)
    #expect(grid.muted.count == 220)
    let turned = try Figure.made("gradient-influence", ["entering": "6", "leaving": "4"])
    #expect(turned.sentence.contains("4–6"))
    #expect(turned.evidence?.rows.map(\.[0]) == ["4", "5", "6", "7"])
  }

  @Test func theTableNamesTheBlockThatOpensTheMap() throws {
    let figure = try Figure.made("propagation-reach")
    #expect(figure.sentence.hasSuffix("even 1, first 0, last 4."))
    #expect(figure.table?.rows[7] == ["7", "36", "256", "256", "256"])
  }

  @Test func thePlanHasTheFourthOfEachQuarter() throws {
    let base = try #require(try Figure.made("block-plan").grid)
    #expect(base.places(of: "G") == Set((0..<4).map { Token(row: $0, column: 2) }))
    let huge = try #require(try Figure.made("block-plan", ["preset": "huge"]).grid)
    #expect(huge.columns == 8 && huge.places(of: "G").allSatisfy { $0.column == 7 })
    let naive = try Figure.made("block-plan", ["propagation": "naive"])
    #expect(naive.grid?.places(of: "c").count == 4 && naive.grid?.places(of: "G").isEmpty == true)
    #expect(naive.sentence.contains("inserted"))
  }

  @Test func insertingIsTheIdentityAtScaleZeroOnly() throws {
    for kind in ResidualBlockKind.allCases {
      let none = try Laboratory.shared.insertion(kind, scale: 0)
      #expect(none.changed == 0 && none.largest == 0 && none.outputs == 256 * 64)
      // Every norm's shift begins with 0, and the last one's scale.
      #expect(none.zeros == 4 * (kind == .naive ? 128 : kind == .basic ? 192 : 192))
      let one = try Laboratory.shared.insertion(kind, scale: 1)
      #expect(one.changed > 16_000)
    }
  }

  @Test(arguments: ResidualBlockKind.allCases)
  func onlyZeroingTheLastNormLeavesABlockThatLearns(kind: ResidualBlockKind) throws {
    let last = "norm\(kind.convolutionCount)"
    func moving(_ start: ResidualStart) throws -> [Set<String>] {
      let rows = try Laboratory.shared.residualGradients(kind, start)
      #expect(rows.count == 3 * kind.convolutionCount)
      return (0..<3).map { step in Set(rows.filter { $0.lengths[step] > 0 }.map(\.name)) }
    }
    #expect(try moving(.allZero) == Array(repeating: ["\(last).bias"], count: 3))
    let learning = try moving(.lastNorm)
    #expect(learning[0] == ["\(last).weight", "\(last).bias"])
    #expect(learning[1].count == 3 * kind.convolutionCount)
  }

  @Test func fourGlobalBlocksHaveMostOfThePairs() throws {
    let pairs = BackbonePairs(.base, globals: 4)
    #expect(pairs.total == 74_792_064 && pairs.allGlobal == 201_326_592)
    #expect(abs(pairs.globalShare - 0.897) < 0.001)
    let figure = try Figure.made("global-pairs")
    #expect(figure.sentence.hasPrefix("2.7×") && figure.sentence.contains("89.7%"))
    #expect(try Laboratory.shared.countedPairs() == BackbonePairs(.tiny, globals: 4).total)
  }

  @Test func withoutResultsTheTableSaysHowToGetThem() throws {
    let figure = try Figure.made("propagation-scores")
    #expect(figure.table?.columns.count == 5)
    #expect(figure.legend.last?.meaning.contains("vitdet lab table 2") == true)
  }

  @Test func ownResultsStandBesideThePapers() throws {
    let directory = try TemporaryDirectory()
    let runs = [("none", [0.30, 0.31, 0.32]), ("even", [0.36, 0.38, 0.40])].flatMap { way, scores in
      scores.enumerated().map { seed, score in
        """
        {"pyramid": "simple", "propagation": "\(way)", "start": "mae", "seed": \(seed + 1),
         "bbox": {"AP": \(score)}, "segm": {"AP": 0.2}, "classes": {}, "step_milliseconds": 200}
        """
      }
    }
    try directory.write(
      """
      {"format": 1, "table": 2, "steps": 400, "batch": 4, "scenes": 200, "seeds": 3,
       "settings": {}, "runs": [\(runs.joined(separator: ","))]}
      """, to: "results/table-2.json")
    func figure(_ laboratory: Laboratory) throws -> Figure {
      try FigureCatalog.figure(
        FigureRequest(name: "propagation-scores", knobs: ["table": "place"]),
        laboratory: laboratory)
    }
    let shown = try figure(Laboratory(lessons: directory.path))
    #expect(shown.table?.rows.map { $0[5] } == ["31.0 ±1.0", "–", "–", "38.0 ±2.0"])
    let even = shown.evidence?.rows.first { $0[0] == "even" && $0[1] == "none" }
    #expect(even?.dropFirst(2) == ["2.3", "7.0", "the paper's"])

    try directory.write("{", to: "results/table-2.json")
    let broken = try figure(Laboratory(lessons: directory.path))
    #expect(broken.caution?.contains("table-2.json") == true)
    #expect(broken.table?.columns.count == 5)
  }
}
