// B images of H × W pixels, P the side of a patch, h × w patches, I channels.

/// Cuts images into patches and lays the pixels of each side by side.
///
/// A linear map of these rows is the strided convolution of the patch embedding, with the same weights.
/// Surplus rows and columns of pixels are left out.
///
/// - Parameters:
///   - image: `[B, H, W, I]`.
///   - patch: The side of a patch, in pixels.
/// - Returns: `[B, h, w, P·P·I]`, the pixels of a patch row by row.
/// - Precondition: `patch` is positive.
public func unfoldPatches(_ image: Tensor, patch: Int) -> Tensor {
  let layout = PatchLayout(image.shape, patch: patch)
  return Tensor(shape: layout.patchesShape) { patches in
    image.withPointer { image in
      layout.forEachLine { pixel, cell in
        (patches + cell).update(from: image + pixel, count: layout.line)
      }
    }
  }
}

/// Cuts images into patches, as the function on tensors does.
///
/// - Parameters:
///   - image: `[B, H, W, I]`.
///   - patch: The side of a patch, in pixels.
/// - Returns: `[B, h, w, P·P·I]`, the pixels of a patch row by row.
/// - Precondition: `patch` is positive.
public func unfoldPatches(_ image: Variable, patch: Int) -> Variable {
  let layout = PatchLayout(image.shape, patch: patch)
  return Variable(unfoldPatches(image.value, patch: patch), from: [image]) { gradient in
    // Surplus pixels get nothing.
    var dImage = Tensor(zeros: image.shape)
    dImage.withMutablePointer { dImage in
      gradient.withPointer { gradient in
        layout.forEachLine { pixel, cell in
          (dImage + pixel).update(from: gradient + cell, count: layout.line)
        }
      }
    }
    return [dImage]
  }
}

/// Where each line of each patch lies in the image.
private struct PatchLayout {
  let image: MapSteps
  let patch: Int
  let grid: Extent

  init(_ shape: [Int], patch: Int) {
    precondition(shape.count == 4 && patch > 0, "unfoldPatches: \(shape) into patches of \(patch)")
    image = MapSteps(shape)
    self.patch = patch
    grid = Extent(height: image.height / patch, width: image.width / patch)
  }

  /// The numbers of one line of a patch.
  var line: Int { patch * image.column }
  var patchesShape: [Int] { [image.images, grid.height, grid.width, patch * line] }

  /// Visits each line of each patch: where it starts in the image, and among the patches.
  func forEachLine(_ body: (_ pixel: Int, _ cell: Int) -> Void) {
    for index in 0..<(image.images * grid.area) {
      let corner = image.offset(
        image: index / grid.area, row: index / grid.width % grid.height * patch,
        column: index % grid.width * patch)
      for row in 0..<patch { body(corner + row * image.row, (index * patch + row) * line) }
    }
  }
}
