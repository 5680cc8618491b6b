internal import ViTDetMini

extension Experiment {
  /// How many objects of drawn scenes some anchor can meet, with the pyramid and with the last map alone.
  static let pyramidCoverage = Experiment(
    "pyramid-coverage",
    knobs: [.choice("threshold", ["0.3", "0.5", "0.7"], start: "0.5")], viewCount: 2
  ) { input in
    let coverage = input.laboratory.anchorCoverage()
    let threshold = Float(input["threshold"]) ?? 0.5
    let small = coverage.share(.small, above: threshold)
    let shares = table(coverage, input) {
      let share = coverage.share($0, above: threshold)
      return [NumberText.percent(share.simple), NumberText.percent(share.lastMap)]
    }
    let means = table(coverage, input) {
      let mean = coverage.meanBest($0)
      return [NumberText.fixed(mean.simple, 2), NumberText.fixed(mean.lastMap, 2)]
    }
    let anchors = coverage.anchors
    return Figure(
      title: input.view == 0
        ? input.say(
          "Objects with an anchor of IoU ≥ \(input["threshold"])",
          "有锚框与之 IoU ≥ \(input["threshold"]) 的物体")
        : input.say("Mean of the best anchor's IoU", "最佳锚框 IoU 的平均值"),
      sentence: input.say(
        "Small objects: \(NumberText.percent(small.simple)) with the pyramid and its "
          + "\(NumberText.grouped(anchors.simple)) anchors, \(NumberText.percent(small.lastMap)) with the "
          + "\(NumberText.grouped(anchors.lastMap)) of the last map alone. Counted in \(coverage.scenes) "
          + "scenes; it is no AP.",
        "小物体：用金字塔的 \(NumberText.grouped(anchors.simple)) 个锚框是 "
          + "\(NumberText.percent(small.simple))，只用最后一张图的 \(NumberText.grouped(anchors.lastMap)) 个锚框是 "
          + "\(NumberText.percent(small.lastMap))。在 \(coverage.scenes) 个场景里数出来的，不是 AP。"),
      body: .table(input.view == 0 ? shares : means),
      legend: [
        LegendEntry(
          input.say("small", "小"),
          input.say(
            "side under \(SizeClass.limits[0]) pixels", "边长小于 \(SizeClass.limits[0]) 像素")),
        LegendEntry(
          input.say("large", "大"),
          input.say(
            "side over \(SizeClass.limits[1]) pixels", "边长大于 \(SizeClass.limits[1]) 像素")),
      ],
      evidence: input.view == 0 ? means : shares)
  }

  /// One row for each size, with a number for each design.
  private static func table(
    _ coverage: AnchorCoverage, _ input: ExperimentInput, _ numbers: (SizeClass) -> [String]
  ) -> Table {
    Table(
      columns: [
        input.say("objects", "物体"), input.say("count", "个数"), input.say("pyramid", "金字塔"),
        input.say("last map", "最后一张图"),
      ],
      rows: SizeClass.allCases.map { size in
        [size.name[input.language], String(coverage.count(size))] + numbers(size)
      })
  }
}

/// Three sizes of object, by the side of a square as large as the box.
///
/// COCO's limits, 32 and 96 pixels, are made for pictures four times as wide; of the scenes' objects hardly any is large
/// by them.
enum SizeClass: String, CaseIterable, Sendable {
  case small, middle, large

  /// From the first on an object is no longer small, above the second it is large; in pixels.
  static let limits = [24, 48]

  /// The class of a box.
  init(_ box: Box) {
    let side = box.area.squareRoot()
    self =
      side < Float(Self.limits[0])
      ? .small : side > Float(Self.limits[1]) ? .large : .middle
  }

  var name: Localized {
    switch self {
    case .small: Localized("small", "小")
    case .middle: Localized("middle", "中")
    case .large: Localized("large", "大")
    }
  }
}

/// What anchors can meet of the objects of some scenes, with and without the pyramid.
struct AnchorCoverage: Sendable {
  /// One object.
  struct Object: Sendable {
    let size: SizeClass
    /// The best IoU of any anchor on the levels of the pyramid.
    let simple: Float
    /// The same on the last map alone.
    let lastMap: Float
  }

  /// How many scenes were drawn.
  let scenes: Int
  /// How many anchors each design has.
  let anchors: (simple: Int, lastMap: Int)
  /// Their objects.
  let objects: [Object]

  /// How many objects a class has.
  func count(_ size: SizeClass) -> Int { objects.filter { $0.size == size }.count }

  /// The part of a class's objects that some anchor meets with at least an IoU.
  func share(
    _ size: SizeClass, above threshold: Float
  ) -> (simple: Double, lastMap: Double) {
    mean(size) { $0 >= threshold ? 1 : 0 }
  }

  /// The mean of the best IoUs of a class.
  func meanBest(_ size: SizeClass) -> (simple: Double, lastMap: Double) {
    mean(size) { Double($0) }
  }

  private func mean(
    _ size: SizeClass, of score: (Float) -> Double
  ) -> (simple: Double, lastMap: Double) {
    let chosen = objects.filter { $0.size == size }
    let count = Double(max(chosen.count, 1))
    return (
      chosen.reduce(0) { $0 + score($1.simple) } / count,
      chosen.reduce(0) { $0 + score($1.lastMap) } / count
    )
  }
}

extension Laboratory {
  /// The number of scenes that are drawn for it.
  private static let coverageScenes = 40

  /// What the anchors of the detector, with its pyramid and without, can meet of drawn scenes.
  func anchorCoverage() -> AnchorCoverage {
    result("anchor coverage") {
      let scenes = ShapesDataset(
        count: Self.coverageScenes, seed: Self.seed, size: detector.backbone.imgSize.width)
      let (simple, lastMap) = (AnchorFit(detector), AnchorFit(detector.withoutPyramid))
      let objects = (0..<scenes.count).flatMap { index in
        scenes.scene(index).objects.map { object in
          AnchorCoverage.Object(
            size: SizeClass(object.box), simple: simple.best(for: object.box),
            lastMap: lastMap.best(for: object.box))
        }
      }
      return AnchorCoverage(
        scenes: scenes.count, anchors: (simple.count, lastMap.count), objects: objects)
    }
  }
}
