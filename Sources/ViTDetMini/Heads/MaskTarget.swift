/// What the mask head should have answered: the object's pixels inside a box, as a small square.
public enum MaskTarget {
  /// From polygons: they are moved and stretched to the square and filled there.
  ///
  /// Source: detectron2 `structures/masks.py`, `rasterize_polygons_within_box`.
  ///
  /// - Returns: `side * side` numbers, row by row, 0 or 1.
  public static func cells(_ polygons: [[Double]], in box: Box, side: Int) -> [UInt8] {
    // Boxes thinner than a tenth of a pixel would stretch the polygon beyond all bounds.
    let across = Float(side) / max(box.width, 0.1)
    let down = Float(side) / max(box.height, 0.1)
    let moved = polygons.map { polygon in
      polygon.enumerated().map { index, value in
        let cell =
          index % 2 == 0
          ? (value - Double(box.x0)) * Double(across) : (value - Double(box.y0)) * Double(down)
        return min(max(cell, -RunLengthMask.farthestCorner), RunLengthMask.farthestCorner)
      }
    }
    return RunLengthMask(polygons: moved, width: side, height: side).bitmap
  }

  /// From pixels: RoIAlign reads the mask, and half and more counts as inside.
  ///
  /// Source: detectron2 `structures/masks.py`, `BitMasks.crop_and_resize`.
  ///
  /// - Parameters:
  ///   - bitmap: `width * height` numbers, row by row, 0 or 1.
  ///   - width: the picture's width in pixels.
  ///   - height: the picture's height in pixels.
  ///   - box: the box that the target fills, in pixels.
  ///   - side: the target's side in cells.
  /// - Returns: `side * side` numbers, row by row, 0 or 1.
  public static func cells(
    bitmap: [UInt8], width: Int, height: Int, in box: Box, side: Int
  ) -> [UInt8] {
    precondition(bitmap.count == width * height, "\(bitmap.count) pixels of \(width)x\(height)")
    let picture = Variable(Tensor(shape: [1, height, width, 1], storage: bitmap.map(Float.init)))
    let align = ROIAlign(outputSize: Extent(side: side))
    return align(picture, boxes: [(0, box)], scale: 1).value.storage.map { $0 >= 0.5 ? 1 : 0 }
  }

  /// From an outline in either form.
  public static func cells(
    _ outline: CocoSegmentation, in box: Box, side: Int
  ) -> [UInt8] {
    switch outline {
    case .polygons(let polygons): cells(polygons, in: box, side: side)
    case .mask(let mask):
      cells(bitmap: mask.bitmap, width: mask.width, height: mask.height, in: box, side: side)
    }
  }
}
