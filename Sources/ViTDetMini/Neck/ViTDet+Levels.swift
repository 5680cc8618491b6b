extension ViTDet {
  /// Makes the pyramid of a backbone's map, without running the backbone.
  ///
  /// - Parameters:
  ///   - map: The backbone's last map, `[B, H, W, C]`.
  ///   - cost: Counts what is executed.
  /// - Returns: The maps, `[B, h, w, C]`, in the order of `DetectorConfiguration.proposalLevels`.
  /// - Precondition: The map has the backbone's width.
  public func levels(of map: Tensor, cost: CostCounter? = nil) -> [Tensor] {
    precondition(
      map.rank == 4 && map.shape[3] == configuration.backbone.embedDim,
      "levels: a map \(map.shape) for a width of \(configuration.backbone.embedDim)")
    return pyramid(Variable(map), ForwardPass(cost: cost)).map(\.value)
  }
}
