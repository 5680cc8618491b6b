/// Flips, resizes and crops a picture together with its objects, so that no training step sees the same picture twice.
///
/// Source: ViTDet, appendix A.2; detectron2 `projects/ViTDet/configs/common/coco_loader_lsj.py`: flip, resize to fit
/// `scale · side`, crop to the side at a place chosen by one number for both axes.
public struct LargeScaleJitter: Sendable, Hashable {
  /// The probability of a horizontal flip.
  public var flip: Double
  /// The scales that are drawn from; the paper's are 0.1 to 2.
  public var scales: ClosedRange<Double>

  /// Creates an augmentation; without values it changes nothing.
  public init(flip: Double = 0, scales: ClosedRange<Double> = 1...1) {
    self.flip = flip
    self.scales = scales
  }

  /// An object of a picture, before it becomes a truth of a training example.
  public struct Object: Sendable, Hashable {
    /// Its class, counted from 0.
    public var classIndex: Int
    /// Its pixels.
    public var mask: RunLengthMask

    /// Creates an object.
    public init(classIndex: Int, mask: RunLengthMask) {
      self.classIndex = classIndex
      self.mask = mask
    }
  }

  /// Changes a picture and its objects in the same way.
  ///
  /// - Parameters:
  ///   - image: The picture.
  ///   - objects: Its objects; those that are cropped away are dropped.
  ///   - side: The side of the network's input, in pixels.
  ///   - random: Chooses flip, scale and place.
  /// - Returns: A picture of at most `side` pixels a side, and what is left in it.
  public func callAsFunction(
    _ image: Image, _ objects: [Object], side: Int, using random: inout RandomNumbers
  ) -> (image: Image, objects: [Object]) {
    // All three are drawn each time, so that one setting does not change what another draws.
    let isFlipped = Double(random.uniform()) < flip
    let scale =
      scales.lowerBound + (scales.upperBound - scales.lowerBound) * Double(random.uniform())
    let place = Double(random.uniform())
    let longest = max(1, Int(Double(side) * scale + 0.5))
    let size = image.size(shortEdge: longest, longest: longest)
    let crop = Crop(
      x: Int(place * Double(max(0, size.width - side))),
      y: Int(place * Double(max(0, size.height - side))),
      width: min(size.width, side), height: min(size.height, side))
    let resized = image.resized(width: size.width, height: size.height)
    return (
      resized.cropped(to: crop, isFlipped: isFlipped),
      objects.compactMap { object in
        let mask = object.mask.resized(
          width: size.width, height: size.height, crop: crop, isFlipped: isFlipped)
        return mask.area > 0 ? Object(classIndex: object.classIndex, mask: mask) : nil
      }
    )
  }
}

/// A rectangle of pixels.
struct Crop {
  let x: Int
  let y: Int
  let width: Int
  let height: Int

  /// The column of the uncropped picture that stands in a column of the result.
  func column(_ column: Int, isFlipped: Bool, of whole: Int) -> Int {
    isFlipped ? whole - 1 - (x + column) : x + column
  }
}

extension Image {
  /// A part of the picture, or of its mirror image.
  func cropped(to crop: Crop, isFlipped: Bool) -> Image {
    if crop.width == width && crop.height == height && !isFlipped { return self }
    var result = [UInt8](repeating: 0, count: crop.width * crop.height * 3)
    for row in 0..<crop.height {
      for column in 0..<crop.width {
        let source =
          ((crop.y + row) * width + crop.column(column, isFlipped: isFlipped, of: width)) * 3
        let target = (row * crop.width + column) * 3
        for channel in 0..<3 { result[target + channel] = pixels[source + channel] }
      }
    }
    return Image(width: crop.width, height: crop.height, pixels: result)
  }
}

extension RunLengthMask {
  /// A part of the mask at another size, or of its mirror image: each pixel is the nearest one of the old mask.
  func resized(width newWidth: Int, height newHeight: Int, crop: Crop, isFlipped: Bool)
    -> RunLengthMask
  {
    if (newWidth, newHeight) == (width, height) && (crop.width, crop.height) == (width, height)
      && !isFlipped
    {
      return self
    }
    let bits = bitmap
    func nearest(_ place: Int, _ new: Int, _ old: Int) -> Int { (2 * place + 1) * old / (2 * new) }
    return RunLengthMask(width: crop.width, height: crop.height) { x, y in
      let column = nearest(
        crop.column(x, isFlipped: isFlipped, of: newWidth), newWidth, width)
      return bits[nearest(crop.y + y, newHeight, height) * width + column] == 1
    }
  }
}

extension TrainingExample {
  /// Prepares a picture with its objects; what has less than a pixel's area cannot be learned and is left out.
  ///
  /// - Throws: `DataError` if the picture is larger than the network's input.
  init(
    _ image: Image, _ objects: [LargeScaleJitter.Object], _ preparation: PicturePreparation
  ) throws(DataError) {
    self.init(
      picture: try PreparedPicture(values: image.tensor, preparation),
      truths: objects.compactMap { object in
        let box = object.mask.bounds
        guard box.isLarger() else { return nil }
        return Truth(box: box, classIndex: object.classIndex, outline: .mask(object.mask))
      })
  }
}
