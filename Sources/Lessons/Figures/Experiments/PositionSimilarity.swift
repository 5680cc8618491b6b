internal import ViTDetMini

extension Experiment {
  /// How alike the position row of one token is to every other's.
  static let positionSimilarity = Experiment(
    "position-similarity", knobs: [.choice("grid", ["8", "16"], start: "16")], hasFocus: true
  ) { input in
    let side = input.whole("grid")
    let rows = try input.laboratory.positions(side: side)
    let focus = input.focus(rows: side, columns: side)
    let places = WindowGeometry(rows: side, columns: side, window: side).places
    let width = rows.shape[3]
    func row(_ place: Token) -> ArraySlice<Float> {
      let start = (place.row * side + place.column) * width
      return rows.storage[start..<start + width]
    }
    let values = places.map { cosine(row(focus), row($0)) }
    let nearest = zip(places, values).filter { $0.0 != focus }.max { $0.1 < $1.1 }
    let nearestText = nearest.map { "(\($0.0.row),\($0.0.column))" } ?? "–"
    let low = values.min() ?? -1
    return Figure(
      title: input.say(
        "Position rows like that of (\(focus.row),\(focus.column)), grid \(side)×\(side)",
        "与 (\(focus.row),\(focus.column)) 的位置编码的相似度，\(side)×\(side) 网格"),
      sentence: input.say(
        "Cosine similarity, 1 on the token itself; the next is \(nearestText) with "
          + "\(NumberText.fixed(Double(nearest?.1 ?? 0), 2)). Position is told by content that is added, "
          + "so equal patches at two places differ.",
        "余弦相似度，与自身为 1；其次是 \(nearestText)，为 \(NumberText.fixed(Double(nearest?.1 ?? 0), 2))。"
          + "位置信息是加进 token 的，所以同样的图像块放在两处就不再相同。"),
      body: .grid(
        GridContent(
          rows: side, columns: side, cells: .heat(values, range: min(low, 0.99)...1),
          unit: input.say("cosine", "余弦"), focus: focus,
          readOuts: zip(places, values).map { place, value in
            "(\(place.row),\(place.column)) " + input.say("cosine ", "余弦 ")
              + NumberText.fixed(Double(value), 3)
          })),
      legend: [
        LegendEntry(
          "?",
          input.say("token (\(focus.row),\(focus.column))", "token (\(focus.row),\(focus.column))"))
      ],
      caution: input.laboratory.isTrained
        ? nil
        : input.say(
          "untrained: these are the sine-cosine rows that training starts from",
          "尚未训练：这是训练开始时的正弦余弦位置编码"))
  }

  /// The cosine of the angle between two vectors.
  private static func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    let dot = zip(a, b).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    let lengths = a.reduce(0) { $0 + $1 * $1 } * b.reduce(0) { $0 + $1 * $1 }
    return lengths > 0 ? dot / lengths.squareRoot() : 0
  }
}

extension Laboratory {
  /// The position rows of a grid without the class row, `[1, side, side, C]`: the stored ones for the grid
  /// of pre-training, and those that the model stretched for its own.
  func positions(side: Int) throws -> Tensor {
    guard side == configuration.pretrainGrid else {
      return try recording(configuration).map("pos_embed")
    }
    let stored = try parameter("pos_embed")  // [1, 1 + side², C]
    let width = stored.shape[2]
    let rows = stored.storage.dropFirst(configuration.pretrainUseClsToken ? width : 0)
    return Tensor(shape: [1, side, side, width], storage: Array(rows))
  }
}
