import TUI
import Testing

@testable import Lessons

@Suite struct FigureCatalogTests {
  @Test func theCourseFindsItsFiguresByName() {
    #expect(
      FigureCatalog.names == [
        "patch-grid", "patch-pixels", "projection-equality", "token-count", "position-rows",
        "position-similarity", "shift-error", "window-map", "window-steps", "attention-mask",
        "attention-weights", "pad-share", "cost-growth", "block-bill", "cost-crossing",
        "logit-memory", "fused-block", "window-cost", "window-sharing", "influence",
        "block-plan", "gradient-influence", "propagation-reach", "identity-insertion",
        "residual-gradients", "global-pairs", "propagation-scores",
        "shape-flow", "pyramid-maps", "level-influence", "level-of-size", "pyramid-coverage",
        "pyramid-designs",
        "anchors", "matcher", "proposals", "roi-align", "detections", "precision-recall",
        "inheritance", "fine-tuning", "layer-rates",
        "drop-path", "training-log", "lab-table",
      ])
    #expect(FigureCatalog.viewCount("patch-pixels") == 3)
    #expect(FigureCatalog.viewCount("nothing") == 1)
  }

  @Test func everyKnobStartsAtASettingThatItTakes() {
    for experiment in FigureCatalog.experiments {
      for knob in experiment.knobs {
        #expect(knob.settings.contains(knob.start), "\(experiment.name) \(knob.name)")
        for setting in knob.settings { #expect(knob.accepts(setting)) }
      }
    }
  }

  @Test func faultsNameWhatWouldBeRight() {
    let requests: [(String, [String: String], String)] = [
      (
        "window-map", ["windows": "6"], "figure window-map has no knob «windows»; it has window"
      ),
      ("pad-share", ["window": "6"], "figure pad-share has no knob «window»; it has none"),
      (
        "window-map", ["window": "0"],
        "knob window of figure window-map cannot be «0»; it takes a whole number from 1 to 64"
      ),
      (
        "shift-error", ["position": "maybe"],
        "knob position of figure shift-error cannot be «maybe»; it takes on, off"
      ),
    ]
    for (name, knobs, message) in requests {
      #expect(throws: FigureError(message)) { try Figure.made(name, knobs) }
    }
    #expect(throws: FigureError.self) { try Figure.made("window-mop") }
  }

  /// Every figure at every setting of every knob, one knob turned at a time, and in every view.
  static let requests: [FigureRequest] = FigureCatalog.experiments.flatMap { experiment in
    let turned = experiment.knobs.flatMap { knob in knob.settings.map { [knob.name: $0] } }
    return (turned + [[:]]).flatMap { knobs in
      (0..<experiment.viewCount).map { view in
        FigureRequest(
          name: experiment.name, knobs: knobs, focus: Token(row: 12, column: 15), view: view)
      }
    }
  }

  @Test(arguments: requests) func everySettingGivesAFigureThatSpeaksBothLanguages(
    request: FigureRequest
  ) throws {
    let english = try FigureCatalog.figure(request, laboratory: .shared)
    var other = request
    other.language = .zh
    let chinese = try FigureCatalog.figure(other, laboratory: .shared)
    #expect(!english.title.isEmpty && !english.sentence.isEmpty)
    #expect(!chinese.title.contains { $0.isASCII && $0.isLetter } || chinese.title.hasHan)
    #expect(chinese.sentence.hasHan)
    #expect(!english.title.hasHan && !english.sentence.hasHan)
    #expect(english.legend.map(\.mark).count == chinese.legend.map(\.mark).count)
    #expect((english.caution == nil) == (chinese.caution == nil))
    #expect(english.evidence?.rows.count == chinese.evidence?.rows.count)
    #expect(english.readOuts.count == chinese.readOuts.count)
    for table in [english.evidence, chinese.evidence, english.table, chinese.table] {
      for row in table?.rows ?? [] { #expect(row.count == table?.columns.count) }
    }
    // Numbers are the same in both languages.
    #expect(english.evidence?.numbers == chinese.evidence?.numbers)
  }

  @Test(arguments: requests) func aGridHasAReadOutAndAValueInRangeForEachCell(
    request: FigureRequest
  ) throws {
    guard let grid = try FigureCatalog.figure(request, laboratory: .shared).grid else { return }
    #expect(grid.readOuts.count == grid.rows * grid.columns)
    #expect(grid.readOuts.allSatisfy { !$0.isEmpty })
    switch grid.cells {
    case .heat(let values, let range):
      #expect(values.count == grid.rows * grid.columns)
      #expect(values.allSatisfy { $0.isFinite && range.contains($0) })
    case .classes(let classes, let letters):
      #expect(classes.count == grid.rows * grid.columns)
      #expect(classes.allSatisfy(letters.indices.contains))
    }
  }

  @Test(arguments: requests, Language.allCases)
  func everyFigureFitsThePanesThatItWasPromisedTo(
    request: FigureRequest, language: Language
  ) throws {
    var request = request
    request.language = language
    let figure = try FigureCatalog.figure(request, laboratory: .shared)
    for (glyphs, depth) in [
      (Glyphs.ascii, ColorDepth.mono), (.unicode, .ansi16), (.unicode, .trueColor),
    ] {
      let view = FigureView(figure: figure, cursor: request.focus)
      let least = view.minimumSize(glyphs: glyphs, depth: depth)
      #expect(least.columns <= 60, "\(least)")
      let layout = FigureLayout(view, columns: 60, glyphs, depth)
      #expect(layout.neededRows <= 20, "\(layout.neededRows)")
      if let grid = figure.grid, grid.rows <= 16, grid.columns <= 16 {
        #expect(least.columns <= 33 && least.rows <= 18, "\(least)")
      }
    }
  }
}

extension String {
  /// Whether there is a Chinese character in it.
  var hasHan: Bool { unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
}

extension Figure {
  /// The read-outs of a grid; empty for other figures.
  var readOuts: [String] { grid?.readOuts ?? [] }
}

extension Table {
  /// The cells that read as numbers.
  var numbers: [[String]] {
    rows.map { $0.filter { cell in cell.allSatisfy { $0.isNumber || ",.%-×e".contains($0) } } }
  }
}
