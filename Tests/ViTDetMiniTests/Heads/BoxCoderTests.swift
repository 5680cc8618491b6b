import Testing

@testable import ViTDetMini

@Suite struct BoxCoderTests {
  private func boxes(_ values: OperationCases.Values) -> [Box] {
    values.rows.map { Box($0[0], $0[1], $0[2], $0[3]) }
  }

  @Test(arguments: [("box_coding.0", BoxCoder.proposals), ("box_coding.1", BoxCoder.boxHead)])
  func agreesWithTheReference(name: String, coder: BoxCoder) throws {
    let cases = try OperationCases()
    let weights = try #require(try cases.parameters(name)["weights"] as? [Double])
    #expect(
      weights.map(Float.init) == [
        coder.weights.dx, coder.weights.dy, coder.weights.dw, coder.weights.dh,
      ])
    let sources = try boxes(cases.values("\(name).in.source"))
    let targets = try boxes(cases.values("\(name).in.target"))
    let encoded = try cases.values("\(name).out.encoded").rows
    for (index, expected) in encoded.enumerated() {
      let delta = coder.encode(from: sources[index], to: targets[index])
      for (got, wanted) in zip([delta.dx, delta.dy, delta.dw, delta.dh], expected) {
        #expect(abs(got - wanted) < 1e-4)
      }
    }
    // Three classes a row.
    let deltas = try cases.values("\(name).in.deltas").rows
    let decoded = try cases.values("\(name).out.decoded").rows
    for (index, row) in deltas.enumerated() {
      for start in stride(from: 0, to: row.count, by: 4) {
        let delta = BoxDelta(row[start], row[start + 1], row[start + 2], row[start + 3])
        let box = coder.decode(delta, from: sources[index])
        for (got, wanted) in zip([box.x0, box.y0, box.x1, box.y1], decoded[index][start...]) {
          #expect(abs(got - wanted) <= 1e-5 * max(1, abs(wanted)))
        }
      }
    }
  }

  @Test func decodingUndoesEncoding() {
    let source = Box(10, 20, 50, 44)
    for target in [Box(0, 0, 8, 300), Box(11, 21, 49, 43), source] {
      let box = BoxCoder.boxHead.decode(
        BoxCoder.boxHead.encode(from: source, to: target), from: source)
      #expect(abs(box.x0 - target.x0) < 1e-3 && abs(box.y1 - target.y1) < 1e-3)
      #expect(abs(box.x1 - target.x1) < 1e-3 && abs(box.y0 - target.y0) < 1e-3)
    }
  }

  @Test func wildGrowthIsLimitedAndNothingIsNoChange() {
    let source = Box(0, 0, 16, 16)
    #expect(BoxCoder.proposals.decode(BoxDelta(0, 0, 0, 0), from: source) == source)
    let wild = BoxCoder.proposals.decode(BoxDelta(0, 0, 1e30, 88), from: source)
    #expect(abs(wild.width - 1000) < 0.01 && abs(wild.height - 1000) < 0.01)
  }
}
