/// How a picture becomes a network's input when a detector is tested.
///
/// Source: detectron2 `transforms/augmentation_impl.py`, `ResizeShortestEdge`, and `structures/image_list.py`.
public struct PicturePreparation: Sendable, Hashable {
  /// The length that the shorter side gets, unless that would make the longer one longer than `longest`.
  public var shortEdge: Int
  /// The length that the longer side never exceeds.
  public var longest: Int
  /// The side of the square that is filled up with zeros; 0 for none.
  public var square: Int
  /// What is subtracted and divided by.
  public var statistics: PixelStatistics

  /// Creates a preparation; as in ViTDet, both limits are the side of the square if they are left out.
  public init(
    square: Int, shortEdge: Int? = nil, longest: Int? = nil, statistics: PixelStatistics = .imageNet
  ) {
    self.square = square
    self.shortEdge = shortEdge ?? square
    self.longest = longest ?? square
    self.statistics = statistics
  }
}

/// A network's input, and the way back to the picture that it was made from.
public struct PreparedPicture: Sendable {
  /// `[1, S, S, 3]`: normalised, with zeros below and at the right of the picture.
  public let pixels: Tensor
  /// The picture's size in the input, without the zeros.
  public let size: Extent
  /// The size that the picture had.
  public let originalSize: Extent

  /// Resizes, normalises and pads a picture.
  ///
  /// - Throws: ``DataError`` if the resized picture does not fit into the square.
  public init(_ image: Image, _ preparation: PicturePreparation) throws(DataError) {
    let (width, height) = image.size(
      shortEdge: preparation.shortEdge, longest: preparation.longest)
    try self.init(
      values: image.resized(width: width, height: height).tensor, preparation,
      originalSize: Extent(height: image.height, width: image.width))
  }

  /// Takes numbers that have the right size already, as a safetensors input holds them.
  ///
  /// - Parameters:
  ///   - values: `[1, H, W, 3]`, 0 to 255.
  ///   - preparation: how to normalise and pad.
  ///   - originalSize: what boxes are reported in; the size of `values` if left out.
  /// - Throws: ``DataError`` if the numbers do not fit into the square.
  public init(
    values: Tensor, _ preparation: PicturePreparation, originalSize: Extent? = nil
  ) throws(DataError) {
    precondition(
      values.rank == 4 && values.shape[0] == 1 && values.shape[3] == 3, "input \(values.shape)")
    let (height, width) = (values.shape[1], values.shape[2])
    let side = preparation.square > 0 ? preparation.square : max(height, width)
    guard max(height, width) <= side else {
      throw DataError(
        "a picture of \(width)x\(height) pixels does not fit into the model's input of \(side)")
    }
    size = Extent(height: height, width: width)
    self.originalSize = originalSize ?? size
    let normalised = preparation.statistics.normalised(values)
    // The zeros come after normalising, so they stand for the mean colour, not for black.
    var padded = Tensor(zeros: [1, side, side, 3])
    for row in 0..<height {
      let line = normalised.storage[row * width * 3..<(row + 1) * width * 3]
      padded.storage.replaceSubrange(row * side * 3..<(row * side + width) * 3, with: line)
    }
    pixels = padded
  }

  /// A box of the input in pixels of the original picture, cut at its border.
  ///
  /// Source: detectron2 `modeling/postprocessing.py`, `detector_postprocess`.
  public func inOriginal(_ box: Box) -> Box {
    let (width, height) = (Float(originalSize.width), Float(originalSize.height))
    return box.scaled(x: width / Float(size.width), y: height / Float(size.height))
      .clipped(width: width, height: height)
  }

  /// The detections of this input in pixels of the original picture, with masks from squares of probabilities.
  ///
  /// Boxes that have no area left are dropped.
  ///
  /// - Parameters:
  ///   - boxes: boxes in pixels of the input, with score and class.
  ///   - masks: `[n, M, M]` or more axes of one, the probabilities of each box's own class; nil for a detector without masks.
  /// - Returns: one detection for each box that is left, in the same order.
  public func detections(
    _ boxes: [(box: Box, score: Float, classIndex: Int)], masks: Tensor?
  ) -> [Detection] {
    let side = masks.map { $0.shape[1] } ?? 0
    if let masks {
      precondition(
        masks.count == boxes.count * side * side, "masks \(masks.shape) of \(boxes.count) boxes")
    }
    var found = boxes.map { found in
      Detection(
        box: inOriginal(found.box), score: found.score, classIndex: found.classIndex, mask: nil)
    }
    guard let masks else { return found.filter { $0.box.isLarger() } }
    found.withUnsafeMutableBufferPointer { found in
      // Each thread pastes its own masks.
      nonisolated(unsafe) let found = found
      inThreads(found.count) { part in
        for index in part {
          found[index].mask =
            PastedMask(
              cells: Array(masks.storage[index * side * side..<(index + 1) * side * side]),
              side: side, box: found[index].box, width: originalSize.width,
              height: originalSize.height
            ).mask(width: originalSize.width, height: originalSize.height)
        }
      }
    }
    return found.filter { $0.box.isLarger() }
  }
}
