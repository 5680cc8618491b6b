import Testing
import ViTDetMini

@testable import Lessons

@Suite struct BoxFigureTests {
  private let laboratory = Laboratory.shared
  private var objects: [ShapesScene.Object] { laboratory.scene.objects }

  @Test func anchorsStandAtTheCornerOfTheirCell() throws {
    let figure = try Figure.made("anchors", focus: Token(row: 5, column: 3))
    let picture = try #require(figure.image)
    #expect(picture.patch == 16 && picture.focus == Token(row: 5, column: 3))
    #expect(picture.points.map(\.x) == [48] && picture.points.map(\.y) == [80])
    #expect(picture.boxes.count == 3)
    for mark in picture.boxes {
      #expect(mark.box.centerX == 48 && mark.box.centerY == 80)
      #expect(abs(mark.box.area - 1024) < 0.01)
    }
    #expect(picture.boxes.map { ($0.box.height / $0.box.width * 100).rounded() } == [50, 100, 200])
    #expect(picture.readOut(Token(row: 0, column: 2))?.hasPrefix("(0,2) at 32, 0;") == true)
  }

  @Test(arguments: zip(["p2", "p3", "p4", "p5", "p6"], [8, 16, 32, 64, 128]))
  func eachLevelHasItsOwnSize(level: String, side: Float) throws {
    let figure = try Figure.made("anchors", ["level": level, "ratio": "1"])
    let picture = try #require(figure.image)
    #expect(picture.boxes.map(\.box.width) == [side])
    #expect(picture.readOuts.count == (256 / picture.patch) * (256 / picture.patch))
  }

  @Test func theTableCountsTheAnchorsThatTheDetectorMakes() throws {
    let table = try #require(try Figure.made("anchors").evidence)
    #expect(table.rows.map { $0[4] } == ["12,288", "3,072", "768", "192", "48", "16,368"])
    let recording = try laboratory.detectorRecording(laboratory.detector)
    for row in table.rows.dropLast() {
      #expect(NumberText.grouped(try recording.map("anchors.\(row[0])").shape[0]) == row[4])
    }
  }

  @Test func bandsFollowTheThresholds() {
    let matches = laboratory.anchorMatches(.proposals)
    for anchor in matches.anchors.indices {
      switch matches.band(anchor) {
      case .object: #expect(matches.best[anchor] >= 0.7)
      case .lifted: #expect(matches.best[anchor] < 0.7)
      case .ignored: #expect(matches.best[anchor] >= 0.3 && matches.best[anchor] < 0.7)
      case .background: #expect(matches.best[anchor] < 0.3)
      }
    }
    // Each object's best anchor counts as one.
    for object in objects {
      let overlaps = matches.anchors.map { object.box.iou($0) }
      let highest = overlaps.max() ?? 0
      for (anchor, overlap) in overlaps.enumerated() where overlap == highest {
        #expect(matches.result.labels[anchor] == .positive)
      }
    }
  }

  @Test func withoutLiftingSomeObjectsHaveNoAnchor() throws {
    let matcher = Matcher(low: 0.3, high: 0.9, takesLowQuality: false)
    let matches = laboratory.anchorMatches(matcher)
    #expect(!matches.counts(matches.anchors.indices).keys.contains(.lifted))
    #expect(matches.matchedTruths.count < laboratory.anchorMatches(.proposals).matchedTruths.count)
    let figure = try Figure.made("matcher", ["high": "0.9", "lifted": "off"])
    #expect(figure.sentence.contains("\(matches.matchedTruths.count) of \(objects.count) objects"))
  }

  @Test(arguments: [("p2", 16), ("p3", 16), ("p4", 16), ("p5", 8), ("p6", 4)])
  func theGridOfBandsNeverHasMoreThanSixteenRows(level: String, rows: Int) throws {
    let figure = try Figure.made("matcher", ["level": level])
    #expect(figure.grid?.rows == rows)
    let table = try #require(figure.evidence)
    let row = try #require(table.rows.first { $0[0] == level })
    #expect(
      figure.legend.map { $0.meaning.split(separator: " ").last.map(String.init) ?? "" }
        == row.dropFirst().reversed())
  }

  @Test func theCandidatesThatStayAreTheProposalsOfTheDetector() throws {
    let recording = try laboratory.detectorRecording(laboratory.detector)
    let candidates = try laboratory.proposalCandidates().candidates
    let rivals = ProposalCandidates.rivals(
      candidates, threshold: laboratory.detector.proposals.suppression)
    let kept = zip(candidates, rivals).filter { $0.1 == nil }.map(\.0.box)
    let wanted = try recording.map("proposals.boxes").boxes
    #expect(!wanted.isEmpty)
    #expect(Array(kept.prefix(wanted.count)) == wanted)
  }

  @Test func onlyABetterOneOfTheSameLevelDropsACandidate() {
    func candidate(_ x: Float, _ logit: Float, _ level: Int) -> ProposalCandidates.Candidate {
      .init(box: Box(x, 0, x + 10, 10), logit: logit, level: level)
    }
    let all = [candidate(0, 3, 0), candidate(0, 2, 1), candidate(1, 1, 0), candidate(50, 0, 0)]
    #expect(ProposalCandidates.rivals(all, threshold: 0.7) == [nil, nil, 0, nil])
    #expect(ProposalCandidates.rivals(all, threshold: 1) == [nil, nil, nil, nil])
  }

  @Test func aLowerThresholdOfSuppressionDropsMore() throws {
    let candidates = Array(try laboratory.proposalCandidates().candidates.prefix(30))
    let dropped = [0.3, 0.5, 0.7, 0.9, 1].map { threshold in
      ProposalCandidates.rivals(candidates, threshold: threshold).filter { $0 != nil }.count
    }
    #expect(dropped == dropped.sorted(by: >))
    let figure = try Figure.made("proposals", ["nms": "1", "best": "5"])
    #expect(figure.image?.boxes.map(\.look) == [MarkLook](repeating: .candidate, count: 5))
  }

  /// A map whose number is the x of its cell's centre, in pixels.
  private func ramp(stride: Int, side: Int) -> Tensor {
    Tensor(
      shape: [1, side, side, 1],
      storage: (0..<side * side).map { (Float($0 % side) + 0.5) * Float(stride) })
  }

  @Test(arguments: [4, 8, 16, 32])
  func aReaderWithoutTheHalfCellIsOffByHalfAStride(stride: Int) {
    let step = Float(stride)
    let box = Box(2.3 * step, 3.1 * step, 6.7 * step, 7.9 * step)
    let align = ROIAlign(outputSize: Extent(side: 7))
    let map = ramp(stride: stride, side: 16)
    let own = ROIReading(.aligned, box, stride: stride, map: map, align: align)
    let shifted = ROIReading(.shifted, box, stride: stride, map: map, align: align)
    for (a, b) in zip(own.features.storage, shifted.features.storage) {
      #expect(abs(b - a - step / 2) < 1e-3)
    }
    // The bins of the aligned reading are read where they are.
    let middle = own.features.storage.reduce(0, +) / 49
    #expect(abs(middle - box.centerX) < 1e-3)
    #expect(own.differences(from: own).error == 0)
  }

  @Test func roundingMovesTheEdgesToWholeCells() {
    let box = Box(5, 9, 27, 11).rounded(to: 8)
    #expect(box == Box(8, 8, 24, 16))
    #expect(Box(16, 16, 48, 32).rounded(to: 16) == Box(16, 16, 48, 32))
  }

  @Test(arguments: ["a", "b", "c"]) func theReadingIsThatOfTheBoxHead(object: String) throws {
    let figure = try Figure.made("roi-align", ["object": object])
    let picture = try #require(figure.image)
    #expect(picture.points.count >= 49)
    let inside = picture.boxes.first { $0.look == .truth }?.box ?? Box(0, 0, 0, 0)
    for point in picture.points {
      #expect(
        inside.x0 < point.x && point.x < inside.x1 && inside.y0 < point.y && point.y < inside.y1)
    }
    let table = try #require(figure.evidence)
    #expect(table.rows.map { $0[3] }[0] == "0.0%")
    #expect(table.rows[1][1] == table.rows[1][2])
    #expect(Float(table.rows[1][1]) == Float(picture.patch) / 2)
  }

  @Test func aHigherScoreThresholdShortensTheList() throws {
    let all = try laboratory.detections(score: 0.05, suppression: 0.5)
    #expect(all == (try laboratory.detectorRecording(laboratory.detector)).detections)
    let some = try laboratory.detections(score: 0.15, suppression: 0.5)
    #expect(some == Array(all.prefix(some.count)))
    #expect(try laboratory.detections(score: 1, suppression: 0.5).isEmpty)
  }

  @Test func aDetectionIsJudgedByTheObjectItOverlapsMost() throws {
    let object = objects[0]
    let right = JudgedDetection(
      Detection(box: object.box, score: 0.4, classIndex: object.shape.rawValue),
      in: laboratory.scene)
    #expect(right.iou == 1 && right.nearest == 0 && right.isOfItsClass)
    let other = JudgedDetection(
      Detection(box: object.box, score: 0.9, classIndex: (object.shape.rawValue + 1) % 7),
      in: laboratory.scene)
    #expect(other.iou == 1 && !other.isOfItsClass)
    let nowhere = JudgedDetection(
      Detection(box: Box(-9, -9, -1, -1), score: 0.9, classIndex: 0), in: laboratory.scene)
    #expect(nowhere.nearest == nil && nowhere.iou == 0 && !nowhere.isOfItsClass)
  }

  @Test func masksAreStippledInsideTheirPixels() {
    let mask = RunLengthMask(width: 20, height: 12) { x, y in x < 10 && y < 6 }
    let points = mask.stipple("1", every: 4)
    #expect(points.map(\.x) == [2.5, 6.5] + [])
    #expect(points.allSatisfy { $0.y == 2.5 })
  }

  @Test func noDetectionAtAllIsAFigureToo() throws {
    for view in 0..<3 {
      let figure = try Figure.made("detections", ["score": "0.9"], view: view)
      #expect(!figure.sentence.isEmpty)
    }
    let empty = ScoredScenes(truth: try laboratory.scoredScenes().truth, detections: [])
    let curve = try empty.curve(category: 2, threshold: 0, limit: 60)
    #expect(curve.points.isEmpty && curve.averagePrecision == [0])
    #expect(try empty.averagePrecision() == 0)
  }
}

extension Figure {
  /// The picture of a figure that is one.
  var image: ImageContent? {
    if case .image(let content) = body { content } else { nil }
  }
}
