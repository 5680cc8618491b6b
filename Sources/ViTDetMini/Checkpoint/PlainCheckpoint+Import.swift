extension PlainCheckpoint {
  /// The parameters of a model that starts from the checkpoint.
  ///
  /// Position rows and the patch embedding are stretched by cubic curves and relative positions by straight lines; what
  /// is missing begins as an untrained model does.
  ///
  /// - Parameter seed: Chooses the random numbers of what is missing.
  /// - Returns: All parameters of the target, in the layout of the engine.
  /// - Throws: `CheckpointError` if the checkpoint is of another model: a part of the blocks or of the patch embedding is
  ///   missing or of another shape.
  public func parameters(seed: UInt64) throws(CheckpointError) -> Parameters {
    try checkThatItFits()
    var result = Parameters(target.parameterSpecifications(), seed: seed)
    for (specification, names, use) in sources where use != .unused {
      var parts: [Tensor] = []
      for name in names {
        let tensor = try file.tensor(named: name)
        guard tensor.storage.allSatisfy(\.isFinite) else {
          throw CheckpointError(file.path, "has numbers in the tensor \(name) that are not finite")
        }
        parts.append(tensor)
      }
      var tensor = parts.count == 1 ? parts[0] : Tensor.joined(parts)
      if case .resized(let shape) = use { tensor = PlainCheckpoint.stretched(tensor, to: shape) }
      result[specification.name] = specification.layout.fromCheckpoint(tensor)
    }
    return result
  }

  private func checkThatItFits() throws(CheckpointError) {
    for (specification, names, use) in sources where use == .unused && isInherited(specification) {
      let shapes = names.compactMap { file[$0]?.shape.description }.joined(separator: ", ")
      throw CheckpointError(
        file.path,
        "has \(names.joined(separator: ", ")) in the shape \(shapes), but the configuration "
          + "asks for \(specification.checkpointShape)")
    }
    let found = Set(sources.map(\.specification.name))
    for specification in target.parameterSpecifications()
    where isInherited(specification) && !found.contains(specification.name) {
      throw CheckpointError(
        file.path,
        "lacks \(specification.name), so it is the checkpoint of another model than the "
          + "configuration describes")
    }
  }

  /// Whether a plain transformer must have the parameter: all of the backbone but what detection adds.
  private func isInherited(_ specification: ParameterSpecification) -> Bool {
    specification.name.hasPrefix(target.backbonePrefix + "blocks.")
      && !specification.name.contains(".rel_pos_") && !specification.name.contains(".residual.")
      || specification.name.hasPrefix(target.backbonePrefix + "patch_embed.")
  }

  /// A parameter stretched to the shape that the target keeps.
  private static func stretched(_ tensor: Tensor, to shape: [Int]) -> Tensor {
    switch shape.count {
    case 4:  // [O, I, k, k]
      return Variable(tensor)
        .resampled(axis: 2, .bicubic(from: tensor.shape[2], to: shape[2]))
        .resampled(axis: 3, .bicubic(from: tensor.shape[3], to: shape[3])).value
    case 3: return stretchedPositions(tensor, to: shape)
    default:
      return Variable(tensor).resampled(axis: 0, .linear(from: tensor.shape[0], to: shape[0])).value
    }
  }

  /// Position rows `[1, rows, C]` for another grid; the class token's row is kept, dropped, or 0 if there was none.
  private static func stretchedPositions(_ tensor: Tensor, to shape: [Int]) -> Tensor {
    guard let from = PositionRows(count: tensor.shape[1]), let to = PositionRows(count: shape[1])
    else { preconditionFailure("position rows \(tensor.shape) and \(shape) have grids") }
    let channels = shape[2]
    let rows = tensor.reshaped(to: [tensor.shape[1], channels])
    let first = from.hasClassRow ? 1 : 0
    let grid = Variable(
      rows.rows(first..<rows.shape[0]).reshaped(to: [from.side, from.side, channels]))
    let stretched = grid.resampled(axis: 0, .bicubic(from: from.side, to: to.side))
      .resampled(axis: 1, .bicubic(from: from.side, to: to.side)).value
      .reshaped(to: [to.side * to.side, channels])
    guard to.hasClassRow else { return stretched.reshaped(to: shape) }
    let classRow = from.hasClassRow ? rows.rows(0..<1) : Tensor(zeros: [1, channels])
    return Tensor.joined([classRow, stretched]).reshaped(to: shape)
  }
}
