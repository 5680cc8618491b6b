public import ViTDetMini

/// What one forward pass of a model left behind, under the published names of its maps.
public struct Recording: Sendable {
  /// The model that ran.
  public let configuration: ViTConfiguration
  /// The recorded values by name: `patch_embed`, `blocks.0`, `blocks.0.attn`.
  public let maps: [String: Tensor]

  /// A recorded value.
  ///
  /// - Throws: `FigureError` when the model left no value of that name.
  public func map(_ name: String) throws(FigureError) -> Tensor {
    if let map = maps[name] { return map }
    throw FigureError("the model recorded no «\(name)»")
  }

  /// The attention that one query gives to every slot it sees, in one head of one block.
  ///
  /// - Parameters:
  ///   - query: A slot of the padded grid.
  ///   - block: The block's index.
  ///   - head: The head's index, or nil for the mean over heads.
  /// - Returns: The weights by slot; they add up to 1.
  /// - Throws: `FigureError` when the block's attention was not recorded.
  public func attention(
    of query: Token, block: Int, head: Int? = nil
  ) throws(FigureError) -> [Token: Float] {
    let weights = try map("blocks.\(block).attn")  // [B·nW, heads, T, T]
    let cut = configuration.geometry(ofBlock: block)
    precondition(
      weights.shape == [
        cut.windows, configuration.numHeads, cut.slotsPerWindow, cut.slotsPerWindow,
      ],
      "attention \(weights.shape) does not belong to \(cut.windows) windows of "
        + "\(cut.slotsPerWindow) slots and \(configuration.numHeads) heads")
    let window = cut.windowIndex(of: query)
    let top = query.row / cut.window * cut.window
    let left = query.column / cut.window * cut.window
    let inside = (query.row - top) * cut.window + query.column - left
    let heads = head.map { $0...$0 } ?? 0...configuration.numHeads - 1
    var found: [Token: Float] = [:]
    for slot in 0..<cut.slotsPerWindow {
      var sum: Float = 0
      for head in heads {
        let row = (window * configuration.numHeads + head) * cut.slotsPerWindow + inside
        sum += weights.storage[row * cut.slotsPerWindow + slot]
      }
      let place = Token(row: top + slot / cut.window, column: left + slot % cut.window)
      found[place] = sum / Float(heads.count)
    }
    return found
  }
}
