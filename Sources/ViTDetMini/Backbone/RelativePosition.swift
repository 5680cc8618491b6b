/// The two relative-position tables of an attention layer, shared by its heads and windows.
///
/// Each axis has a row for every offset between a query and a key, so a distance means the same
/// everywhere in the image. A table made for another grid is stretched with straight lines.
///
/// Source: detectron2 `get_rel_pos`.
struct RelativePosition {
  // [2·S_h − 1, hd]
  let relPosH: Variable
  // [2·S_w − 1, hd]
  let relPosW: Variable

  init(_ table: ParameterTable) {
    relPosH = table["rel_pos_h"]
    relPosW = table["rel_pos_w"]
  }

  /// The tables for a grid, as long as its offsets ask for.
  func tables(for extent: Extent) -> RelativePositionTables {
    func stretched(_ table: Variable, to length: Int) -> Variable {
      table.shape[0] == length
        ? table : table.resampled(axis: 0, .linear(from: table.shape[0], to: length))
    }
    return RelativePositionTables(
      height: stretched(relPosH, to: 2 * extent.height - 1),
      width: stretched(relPosW, to: 2 * extent.width - 1))
  }

  static func specifications(
    _ name: String, extent: Extent, headDim: Int, _ initialization: Initialization
  ) -> [ParameterSpecification] {
    [
      ParameterSpecification(
        name + ".rel_pos_h", [2 * extent.height - 1, headDim], initialization),
      ParameterSpecification(
        name + ".rel_pos_w", [2 * extent.width - 1, headDim], initialization),
    ]
  }
}
