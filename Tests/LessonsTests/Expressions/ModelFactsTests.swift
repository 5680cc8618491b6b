@testable import Lessons
import Testing
import ViTDetMini

@Suite struct ModelFactsTests {
  private let facts = ModelFacts(configuration: .tiny, laboratory: .shared)

  @Test(arguments: [
    ("image", 256), ("patch", 16), ("grid.h", 16), ("grid.w", 16), ("tokens", 256), ("window", 6),
    ("padded.h", 18), ("padded.w", 18), ("windows", 9), ("windowTokens", 36), ("padTokens", 68),
    ("dim", 64), ("heads", 4), ("headDim", 16), ("depth", 8), ("mlp", 256), ("globals", 4),
    ("firstGlobal", 1), ("posRows", 65), ("posGrid", 8), ("patchValues", 768),
    ("pairs.global", 65_536), ("pairs.window", 11_664),
    ("base.tokens", 4096), ("base.windows", 25), ("base.windowTokens", 196), ("base.dim", 768),
    ("base.posRows", 197), ("base.pairs.window", 960_400), ("base.pairs.global", 16_777_216),
    ("base.parameters", 85_889_024), ("large.parameters", 303_432_704),
    ("huge.parameters", 631_116_800), ("huge.firstGlobal", 7), ("tiny.tokens", 256),
    ("level.p2.h", 64), ("level.p5.w", 8), ("level.p6.h", 4), ("level.p3.stride", 8),
    ("level.p6.anchor", 128), ("base.level.p2.anchor", 32), ("base.level.p2.w", 256),
    ("neckChannels", 64), ("base.neckChannels", 256), ("canonicalSide", 56),
    ("base.canonicalSide", 224), ("base.neckParameters", 5_560_000),
    ("large.neckParameters", 7_805_184), ("huge.neckParameters", 10_640_192),
    ("level.p6.parameters", 0), ("tiny.level.p5.parameters", 41_216),
  ])
  func aNameHasThePublishedValue(name: String, value: Int) {
    #expect(facts.value(of: name) == .number(Double(value)))
  }

  @Test(arguments: [
    ("anchors", 16_368.0), ("base.anchors", 261_888), ("anchorShapes", 3), ("rpn.low", 0.3),
    ("rpn.high", 0.7), ("rpn.nms", 0.7), ("rpn.before", 200), ("rpn.after", 100),
    ("base.rpn.before", 1000), ("base.rpn.after", 1000), ("box.bins", 7), ("box.score", 0.05),
    ("box.nms", 0.5), ("box.most", 50), ("base.box.most", 100), ("mask.bins", 14),
    ("mask.side", 28), ("classes", 7), ("base.classes", 80),
  ])
  func theHeadsHaveThePublishedSettings(name: String, value: Double) {
    #expect(facts.value(of: name) == .number(value))
  }

  @Test func overlapsAndAreasCanBeAskedFor() throws {
    func numbers(_ values: Double...) -> [Value] { values.map(Value.number) }
    guard case .number(let overlap)? = try facts.call("iou", numbers(0, 0, 10, 10, 5, 0, 15, 10))
    else {
      Issue.record("no overlap")
      return
    }
    #expect(abs(overlap - 1.0 / 3) < 1e-6)
    #expect(try facts.call("averagePrecision", numbers(1, 0, 1)) == .number(0.5))
    #expect(throws: FactError.self) { try facts.call("averagePrecision", numbers(1)) }
    #expect(throws: FactError.self) { try facts.call("averagePrecision", numbers(1, 2)) }
    #expect(throws: FactError.self) { try facts.call("iou", numbers(0, 0, 1)) }
  }

  @Test func theScenesAnchorsAndDetectionsAreCounted() throws {
    let bands = try ["object", "lifted", "ignored", "background"].map { band -> Double in
      guard case .number(let count)? = try facts.call("anchorBand", [.text(band)]) else {
        return -1
      }
      return count
    }
    #expect(bands.reduce(0, +) == 16_368)
    #expect(try facts.call("detectionsAbove", [.number(1)]) == .number(0))
    #expect(
      try facts.call("sceneObjects", []) == .number(Double(Laboratory.shared.scene.objects.count)))
    #expect(try facts.call("readingError", [.text("a"), .text("aligned")]) == .number(0))
    #expect(throws: FactError.self) {
      try facts.call("readingError", [.text("z"), .text("aligned")])
    }
    #expect(throws: FactError.self) { try facts.call("anchorBand", [.text("some")]) }
  }

  @Test func waysBetweenWindowsAreMeasured() throws {
    func reached(_ way: String, _ first: Double, _ last: Double) throws -> Value? {
      try facts.call(
        "gradientCells",
        [.token(Token(row: 2, column: 7)), .text(way), .number(first), .number(last)])
    }
    let window = try facts.call("windowReal", [.token(Token(row: 2, column: 7))])
    #expect(try reached("none", 0, 7) == window)
    #expect(try reached("even", 0, 1) == facts.call("everything", []))
    #expect(throws: FactError.self) { try reached("some", 0, 7) }
    #expect(throws: FactError.self) { try reached("even", 3, 2) }
    // The 1.04 of the paper's Table 3: 13.65 M on top of 331 M.
    #expect(
      try facts.call("addedParameters", [.text("large"), .text("bottleneck")])
        == .number(13_647_872))
    #expect(throws: FactError.self) { try facts.call("addedParameters", [.text("large")]) }
    #expect(try facts.call("changedNumbers", [.text("basic"), .number(0)]) == .number(0))
  }

  @Test func parameterCountsAreThoseOfTheRunningModel() {
    let parameters = ViT(.tiny, seed: 1).parameters
    #expect(facts.value(of: "parameters") == .number(Double(parameters.count)))
    #expect(
      facts.value(of: "blockParameters") == .number(Double(parameters.scoped("blocks.0.").count)))
  }

  @Test func everyNameOfTheVocabularyHasAValueOrIsAFunction() {
    for name in facts.vocabulary where !ModelFacts.functions.contains(name) {
      #expect(facts.value(of: name) != nil, "\(name)")
    }
    #expect(facts.value(of: "base.nothing") == nil)
    #expect(facts.value(of: "nothing.tokens") == nil)
  }

  @Test func aKnobReplacesItsSizeAndWhatFollowsFromIt() {
    let turned = ModelFacts(
      configuration: .tiny,
      knobs: ["window": .number(4), "grid": .number(8), "position": .text("off")])
    #expect(turned.value(of: "window") == .number(4))
    #expect(turned.value(of: "windows") == .number(16))
    #expect(turned.value(of: "padTokens") == .number(0))
    #expect(turned.value(of: "grid") == .number(8))
    #expect(turned.value(of: "position") == .text("off"))
    #expect(turned.value(of: "tiny.windows") == .number(9))
    let finer = ModelFacts(configuration: .tiny, knobs: ["patch": .number(8)])
    #expect(finer.value(of: "tokens") == .number(1024))
    let absurd = ModelFacts(
      configuration: .tiny,
      knobs: ["window": .number(0), "patch": .number(1e9), "image": .number(0.5)])
    #expect(absurd.value(of: "windows") == .number(9))
    #expect(absurd.value(of: "tokens") == .number(256))
  }

  private func call(_ name: String, _ arguments: Value...) throws -> Value? {
    try facts.call(name, arguments)
  }

  @Test func theTwoRulesOfLevels() throws {
    #expect(try call("featureLevel", .number(56), .number(56)) == .number(4))
    #expect(try call("featureLevel", .number(55), .number(55)) == .number(3))
    #expect(try call("featureLevel", .number(1), .number(1)) == .number(2))
    #expect(try call("featureLevel", .number(256), .number(256)) == .number(5))
    #expect(try call("anchorLevel", .number(64)) == .number(5))
    let base = ModelFacts(configuration: .base)
    #expect(try base.call("featureLevel", [.number(224), .number(224)]) == .number(4))
    #expect(throws: FactError.self) { try call("featureLevel", .number(0), .number(5)) }
  }

  @Test func theNeckReachesCellsThatTheModelMeasured() throws {
    guard
      case .tokens(let cells) = try call(
        "levelCells", .text("p5"), .token(Token(row: 4, column: 3)))
    else {
      Issue.record("no cells")
      return
    }
    #expect(cells.count == 9 && cells.min() == Token(row: 3, column: 2))
    #expect(throws: FactError.self) {
      try call("levelCells", .text("p7"), .token(Token(row: 0, column: 0)))
    }
    #expect(throws: FactError.self) {
      try call("levelCells", .text("p5"), .token(Token(row: 8, column: 0)))
    }
    guard
      case .number(let share) = try call(
        "coverage", .text("small"), .number(50), .text("simple"))
    else {
      Issue.record("no share")
      return
    }
    #expect(0...1 ~= share)
    #expect(throws: FactError.self) {
      try call("coverage", .text("tiny"), .number(50), .text("simple"))
    }
  }

  private let edge = Value.token(Token(row: 1, column: 15))

  @Test func aQuerySeesItsWindowWithThePadding() throws {
    #expect(try call("keysSeen", edge) == .number(36))
    #expect(try call("realKeys", edge) == .number(24))
    #expect(try call("padKeys", edge) == .number(12))
    #expect(try call("windowIndex", edge) == .number(2))
    for row in 0..<16 {
      for column in 0..<16 {
        #expect(try call("keysSeen", .token(Token(row: row, column: column))) == .number(36))
      }
    }
    guard case .tokens(let slots) = try call("windowOf", edge),
      case .tokens(let tokens) = try call("windowReal", edge)
    else {
      Issue.record("no sets of cells")
      return
    }
    #expect(slots.count == 36 && tokens.count == 24 && tokens.isSubset(of: slots))
    #expect(slots.min() == Token(row: 0, column: 12) && slots.max() == Token(row: 5, column: 17))
  }

  @Test func setsOfCellsStayInTheGrid() throws {
    let corner = Value.token(Token(row: 0, column: 0))
    #expect(
      try call("neighbours", corner, .number(1))
        == .tokens([
          Token(row: 0, column: 0), Token(row: 0, column: 1), Token(row: 1, column: 0),
          Token(row: 1, column: 1),
        ]))
    guard case .tokens(let all) = try call("everything"),
      case .tokens(let row) = try call("rowCells", .number(3)),
      case .tokens(let column) = try call("columnCells", .number(15))
    else {
      Issue.record("no sets of cells")
      return
    }
    #expect(all.count == 256)
    #expect(row.count == 16 && row.allSatisfy { $0.row == 3 })
    #expect(column.count == 16 && column.allSatisfy { $0.column == 15 })
  }

  @Test func sizesOfOtherModelsAreComputed() throws {
    #expect(try call("tokensFor", .number(224), .number(16)) == .number(196))
    #expect(try call("tokensFor", .number(1024), .number(16)) == .number(4096))
    #expect(try call("padTo", .number(64), .number(14)) == .number(70))
    #expect(try call("windowsFor", .number(64), .number(14)) == .number(25))
  }

  @Test func aBadCallSaysWhatIsExpected() {
    let calls: [(String, [Value], String)] = [
      ("keysSeen", [], "keysSeen takes 1 arguments, and 0 were given"),
      ("keysSeen", [.number(3)], "keysSeen: argument 1 must be a token, as in token(2, 7)"),
      (
        "padKeys", [.token(Token(row: 18, column: 0))],
        "padKeys: token(18, 0) lies outside the 18×18 padded grid"
      ),
      (
        "tokensFor", [.number(224), .number(0)],
        "tokensFor: argument 2 must be a whole number from 1 to 1048576"
      ),
      (
        "rowCells", [.number(1.5)], "rowCells: argument 1 must be a whole number from 0 to 15"
      ),
    ]
    for (name, arguments, message) in calls {
      #expect(throws: FactError(message)) { try facts.call(name, arguments) }
    }
  }

  @Test func anUnknownFunctionIsLeftToOthers() throws {
    #expect(try call("nothing") == nil)
    for name in ModelFacts.functions {
      #expect(throws: FactError.self, "\(name) takes no three texts") {
        try facts.call(name, [.text("a"), .text("b"), .text("c")])
      }
    }
  }

  @Test func measuredFunctionsNeedALaboratory() {
    let alone = ModelFacts(configuration: .tiny)
    #expect(throws: FactError("projectionError runs the model, and there is none here")) {
      try alone.call("projectionError", [])
    }
  }

  @Test func measuredFunctionsAnswerFromTheRunningModel() throws {
    func number(_ name: String, _ arguments: Value...) throws -> Double {
      guard case .number(let number) = try facts.call(name, arguments) else { return .nan }
      return number
    }
    #expect(try number("padShare", .token(Token(row: 2, column: 7))) == 0)
    let share = try number("padShare", .token(Token(row: 15, column: 15)))
    #expect(share > 0.3 && share < 0.8)
    #expect(try number("projectionError") < 1e-5)
    #expect(try number("permutationError") < 1e-6)
    #expect(try number("shiftError", .number(16), .number(0)) < 1e-6)
    #expect(try number("shiftError", .number(16), .number(1)) > 0.01)
    #expect(try number("shiftError", .number(1), .number(0)) > 0.05)
  }

  @Test func influenceFollowsThePropagationKnob() throws {
    let token = Value.token(Token(row: 8, column: 13))
    let windowed = ModelFacts(
      configuration: .tiny, knobs: ["propagation": .text("none")], laboratory: .shared)
    guard case .tokens(let inside) = try windowed.call("influenceCells", [token, .number(8)]),
      case .tokens(let everywhere) = try facts.call("influenceCells", [token, .number(8)])
    else {
      Issue.record("no sets of cells")
      return
    }
    #expect(.tokens(inside) == (try facts.call("windowReal", [token])))
    #expect(everywhere.count == 256)
  }
}
