extension ViTConfiguration {
  /// Refuses a configuration that no network can have.
  ///
  /// The upper limits are far above any published model; they keep a broken file from asking for absurd amounts of memory.
  ///
  /// - Throws: `ModelError.configuration` with the first fault.
  public func validate() throws(ModelError) {
    let sizes: [(name: String, value: Int, range: ClosedRange<Int>)] = [
      ("the image's height", imgSize.height, 1...(1 << 15)),
      ("the image's width", imgSize.width, 1...(1 << 15)),
      ("the patch size", patchSize, 1...(1 << 10)),
      ("the number of channels", inChans, 1...(1 << 10)),
      ("the embedding width", embedDim, 1...(1 << 14)),
      ("the depth", depth, 1...(1 << 10)),
      ("the number of heads", numHeads, 1...(1 << 10)),
      ("the window size", windowSize, 0...(1 << 10)),
      ("the pre-training image size", pretrainImgSize, 1...(1 << 15)),
    ]
    for (name, value, range) in sizes where !range.contains(value) {
      throw .configuration(
        "\(name) is \(value), but must lie between \(range.lowerBound) and \(range.upperBound)")
    }
    let fractions: [(name: String, value: Double, range: ClosedRange<Double>)] = [
      ("the MLP ratio", mlpRatio, 1e-3...1024),
      ("the drop-path rate", dropPathRate, 0...0.999),
      ("the norm's eps", Double(normEps), 0...1),
    ]
    for (name, value, range) in fractions where !range.contains(value) {
      throw .configuration(
        "\(name) is \(value), but must lie between \(range.lowerBound) and \(range.upperBound)")
    }
    if embedDim % numHeads != 0 {
      throw .configuration("\(numHeads) heads do not divide the embedding width \(embedDim)")
    }
    if mlpHidden < 1 {
      throw .configuration("the MLP ratio \(mlpRatio) leaves no hidden channel")
    }
    if patchSize > min(imgSize.height, imgSize.width) {
      throw .configuration("a patch of \(patchSize) does not fit the image \(imgSize)")
    }
    if useAbsPos, pretrainGrid < 1 {
      throw .configuration(
        "a patch of \(patchSize) does not fit the pre-training image \(pretrainImgSize)")
    }
  }
}
