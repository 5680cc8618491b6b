internal import ViTDetMini

extension Experiment {
  /// What the detector says in the end: boxes, classes, scores and masks, beside what is true.
  static let detections = Experiment(
    "detections",
    knobs: [
      .choice("score", ["0.05", "0.1", "0.3", "0.5", "0.7", "0.9"], start: "0.3"),
      .choice("nms", ["0.3", "0.5", "0.7", "0.9"], start: "0.5"),
    ], viewCount: 3
  ) { input in
    let scene = input.laboratory.scene
    let threshold = Float(input["score"]) ?? 0.3
    let found = try input.laboratory.detections(
      score: threshold, suppression: Double(input["nms"]) ?? 0.5)
    let judged = found.map { JudgedDetection($0, in: scene) }
    let good = judged.filter { $0.isOfItsClass && $0.iou >= 0.5 }.count
    let table = detectionTable(judged, input)
    return Figure(
      title: input.say(
        "Detections above \(input["score"]), NMS \(input["nms"])",
        "分数高于 \(input["score"]) 的检测，NMS \(input["nms"])"),
      sentence: found.isEmpty
        ? input.say(
          "Nothing scores above \(input["score"]). Lower the threshold.",
          "没有高于 \(input["score"]) 的检测。把阈值调低些。")
        : input.say(
          "\(found.count) detections; \(good) of them overlap an object of their class by 0.5 or more. The "
            + "score says how sure the class is, the IoU how well the box lies.",
          "\(found.count) 个检测，其中 \(good) 个与同类物体重叠 0.5 以上。分数说的是类别有多肯定，"
            + "IoU 说的是框得有多准。"),
      body: input.view == 2
        ? .table(Table(columns: table.columns, rows: Array(table.rows.prefix(mostListed))))
        : .image(detectionPicture(judged, isMasks: input.view == 1, input)),
      legend: input.view == 2
        ? []
        : [
          LegendEntry("a…", input.say("the objects", "物体")),
          LegendEntry(
            "1…",
            input.view == 0
              ? input.say("detections, best first", "检测，分数从高到低")
              : input.say("their masks", "它们的掩码")),
        ],
      caution: input.laboratory.caution(input.language), evidence: table)
  }

  /// More than this hide the picture.
  private static let mostDrawn = 9
  /// More than this do not fit beside the text; the evidence has them all.
  private static let mostListed = 14

  private static func detectionPicture(
    _ judged: [JudgedDetection], isMasks: Bool, _ input: ExperimentInput
  ) -> ImageContent {
    var picture = ImageContent(
      input.laboratory.picture, patch: input.laboratory.configuration.patchSize)
    picture.framesPatches = false
    picture.elsewhere = input.say("nothing here", "这里什么也没有")
    picture.boxes = input.laboratory.scene.marks(input.language)
    for (rank, detection) in judged.prefix(mostDrawn).enumerated().reversed() {
      let letter = MarkLetters.ranks[rank]
      if isMasks {
        picture.points += detection.found.mask?.stipple(letter, every: 4) ?? []
      } else {
        picture.boxes.append(
          BoxMark(letter, detection.found.box, .found, readOut: detection.text(input)))
      }
    }
    return picture
  }

  private static func detectionTable(
    _ judged: [JudgedDetection], _ input: ExperimentInput
  ) -> Table {
    Table(
      columns: [
        "#", input.say("class", "类别"), input.say("score", "分数"), "IoU", input.say("object", "物体"),
      ],
      rows: judged.prefix(MarkLetters.ranks.count).enumerated().map { rank, detection in
        [
          String(MarkLetters.ranks[rank]), detection.shape?.word(input.language) ?? "–",
          NumberText.fixed(Double(detection.found.score), 2),
          NumberText.fixed(Double(detection.iou), 2), detection.object(input),
        ]
      })
  }
}

/// A detection beside the object that it overlaps most.
struct JudgedDetection {
  let found: Detection
  /// The class that it names.
  let shape: ShapeClass?
  /// The object that it overlaps most.
  let nearest: Int?
  /// How much.
  let iou: Float
  /// Whether that object has the class.
  let isOfItsClass: Bool
  private let scene: ShapesScene

  init(_ found: Detection, in scene: ShapesScene) {
    self.found = found
    self.scene = scene
    let shape = ShapeClass(rawValue: found.classIndex)
    self.shape = shape
    let nearest = scene.nearest(found.box)
    self.nearest = nearest?.index
    iou = nearest?.iou ?? 0
    isOfItsClass = nearest.map { scene.objects[$0.index].shape == shape } ?? false
  }

  /// The object in words: its letter and class.
  func object(_ input: ExperimentInput) -> String {
    guard let nearest else { return input.say("none", "无") }
    return "\(scene.letter(nearest)) \(scene.objects[nearest].shape.word(input.language))"
  }

  /// What it reads out: class and score, then the overlap.
  func text(_ input: ExperimentInput) -> String {
    let name = shape?.word(input.language) ?? "–"
    let score = NumberText.fixed(Double(found.score), 2)
    let overlap = NumberText.fixed(Double(iou), 2)
    return input.say(
      "\(name) \(score); IoU \(overlap), \(object(input))",
      "\(name) \(score)；IoU \(overlap)，\(object(input))")
  }
}

extension RunLengthMask {
  /// Points on a regular grid inside the mask, which show it at any size.
  func stipple(_ letter: Character, every step: Int) -> [PointMark] {
    let bits = bitmap
    return stride(from: step / 2, to: height, by: step).flatMap { y in
      stride(from: step / 2, to: width, by: step).compactMap { x in
        bits[y * width + x] == 1
          ? PointMark(letter, x: Float(x) + 0.5, y: Float(y) + 0.5, .found) : nil
      }
    }
  }
}

extension Laboratory {
  /// What the detector finds in the sample picture with other thresholds, best first.
  ///
  /// A higher score threshold only shortens the list, because better detections never depend on worse ones.
  ///
  /// - Throws: What running the detector throws.
  func detections(score: Float, suppression: Double) throws -> [Detection] {
    var model = detector
    model.boxHead.suppression = suppression
    return try detectorRecording(model).detections.filter { $0.score > score }
  }
}
