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
  let unfolding = Unfolding(patches: image.shape, side: patch)
  return Tensor(shape: unfolding.resultShape + [unfolding.patch]) { result in
    unfolding.forEachBlock(of: image) { first, count, cells in
      (result + first * unfolding.patch).update(from: cells, count: count * unfolding.patch)
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
  let unfolding = Unfolding(patches: image.shape, side: patch)
  return Variable(unfoldPatches(image.value, patch: patch), from: [image]) { gradient in
    var dImage = Tensor(zeros: image.shape)
    let cells = gradient.reshaped(to: [unfolding.positions, unfolding.patch])
    dImage.withMutablePointer { unfolding.fold(cells, first: 0, onto: $0) }
    return [dImage]
  }
}

extension Unfolding {
  fileprivate init(patches shape: [Int], side: Int) {
    precondition(shape.count == 4 && side > 0, "unfoldPatches: \(shape) into patches of \(side)")
    self.init(image: shape, kernel: [1, side, side, shape[3]], stride: side, padding: 0)
  }
}
