extension DetectorConfiguration {
  /// Every parameter of the detector, by detectron2's names, in the order in which they are used.
  ///
  /// - Returns: Names, shapes and beginnings.
  public func parameterSpecifications() -> [ParameterSpecification] {
    backbone.parameterSpecifications().map { $0.prefixed("backbone.net.") }
      + SimpleFeaturePyramid.specifications(self).map { $0.prefixed("backbone.") }
      + RegionProposalNetwork.specifications(self).map { $0.prefixed("proposal_generator.") }
      + ROIHeads.specifications(self).map { $0.prefixed("roi_heads.") }
  }

  /// How many numbers the detector has.
  public var parameterCount: Int { parameterSpecifications().reduce(0) { $0 + $1.count } }

  /// Refuses a configuration that no detector can have.
  ///
  /// - Throws: `ModelError.configuration` with the first fault.
  public func validate() throws(ModelError) {
    try backbone.validate()
    let expected = pyramid == .none ? 1 : 4
    guard levels.count == expected else {
      throw .configuration("a patch of \(backbone.patchSize) gives no levels of whole strides")
    }
    guard backbone.embedDim % 4 == 0 else {
      throw .configuration("the embedding width \(backbone.embedDim) is no multiple of 4")
    }
    var sizes: [(name: String, value: Int, range: ClosedRange<Int>)] = [
      ("the pyramid's channels", outChannels, 1...(1 << 14)),
      ("the number of classes", classes, 1...(1 << 14)),
      ("the padded square", preparation.square, backbone.patchSize...(1 << 12)),
      ("the short edge", preparation.shortEdge, 1...(1 << 12)),
      ("the longest edge", preparation.longest, 1...(1 << 12)),
      ("the number of hidden convolutions", proposals.hiddenConvolutions, 1...64),
      ("the box head's bins", boxHead.bins, 1...256),
      ("the box head's sampling ratio", boxHead.samplingRatio, 0...64),
      ("the number of stages", boxHead.stages.count, 1...16),
      ("the number of detections", boxHead.mostDetections, 0...(1 << 16)),
    ]
    for top in [proposals.topBefore, proposals.topAfter] {
      sizes.append(("the number of proposals", top.train, 0...(1 << 14)))
      sizes.append(("the number of proposals", top.test, 0...(1 << 14)))
    }
    for width in boxHead.convolutions + boxHead.linears {
      sizes.append(("a width of the box head", width, 1...(1 << 16)))
    }
    if let maskHead {
      sizes.append(("the mask head's bins", maskHead.bins, 1...256))
      sizes.append(("the mask head's sampling ratio", maskHead.samplingRatio, 0...64))
      for width in maskHead.convolutions + [maskHead.upsampled] {
        sizes.append(("a width of the mask head", width, 1...(1 << 14)))
      }
    }
    for (name, value, range) in sizes where !range.contains(value) {
      throw .configuration(
        "\(name) is \(value), but must lie between \(range.lowerBound) and \(range.upperBound)")
    }
    try validateAnchors()
  }

  private func validateAnchors() throws(ModelError) {
    let anchors = proposals.anchors
    guard anchors.sizes.count == proposalLevels.count else {
      throw .configuration(
        "there are anchors for \(anchors.sizes.count) levels, but \(proposalLevels.count) levels")
    }
    let counts = Set(anchors.sizes.map(\.count))
    guard counts.count == 1, (1...64).contains(anchors.sizes[0].count * anchors.ratios.count) else {
      throw .configuration("every level must have the same number of anchors, from 1 to 64")
    }
    guard (anchors.sizes.flatMap { $0 } + anchors.ratios).allSatisfy({ $0 > 0 && $0.isFinite })
    else { throw .configuration("sizes and ratios of anchors must be positive") }
    let strides = levels.map(\.stride) + (topLevel.map { [$0.stride] } ?? [])
    guard anchors.strides == strides else {
      throw .configuration("the anchors' strides are \(anchors.strides), the levels' \(strides)")
    }
  }
}
