extension ViTConfiguration {
  /// Every parameter of the backbone, by detectron2's names, in the order in which they are used.
  ///
  /// - Parameter relativePositionDeviation: How far the relative positions begin from 0. detectron2 begins with 0, which
  ///   makes them invisible until trained; the course's untrained figures set it.
  /// - Returns: Names, shapes and beginnings.
  public func parameterSpecifications(
    relativePositionDeviation: Float = 0
  ) -> [ParameterSpecification] {
    var result = PatchEmbed.specifications("patch_embed", self)
    if useAbsPos {
      result.append(
        ParameterSpecification(
          "pos_embed", [1, positionRows, embedDim],
          .sineCosine(classRow: pretrainUseClsToken)))
    }
    for index in 0..<depth {
      result += Block.specifications(
        "blocks.\(index)", self, index: index,
        relativePositions: relativePositionDeviation > 0
          ? .truncatedNormal(standardDeviation: relativePositionDeviation) : .zeros)
    }
    return result
  }

  /// How many numbers the backbone has.
  public var parameterCount: Int { parameterSpecifications().reduce(0) { $0 + $1.count } }
}
