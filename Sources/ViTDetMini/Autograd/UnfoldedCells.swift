internal import CKernels

// n positions of a kernel of k_h × k_w cells, I input and O output channels.

/// The convolution's gradients by way of the cells under the kernel, for some of its positions.
extension ConvolutionLayout {
  /// The cells under the kernel at each position, laid side by side (“unfolded”): `[n, k_h·k_w·I]`.
  func unfolded(_ padded: Tensor, at positions: [Int]) -> Tensor {
    Tensor(shape: [positions.count, patch]) { cells in
      padded.withPointer { padded in
        forEachLine(of: positions) { image, cell in
          (cells + cell).update(from: padded + image, count: line)
        }
      }
    }
  }

  /// The gradient of the image from the gradients `[n, O]` at some positions: the transpose of unfolding.
  func folded(_ gradients: Tensor, at positions: [Int], weight: Tensor) -> Tensor {
    // dcells = dy·W
    let dCells = gradients.matmul(weight.reshaped(to: [outputs, patch]))
    var dImage = Tensor(zeros: image.shape)
    dImage.withMutablePointer { dImage in
      dCells.withPointer { dCells in
        forEachLine(of: positions) { image, cell in
          vd_add_scaled(dImage + image, dCells + cell, 1, line)
        }
      }
    }
    return dImage.cropped(by: padding)
  }

  /// Visits each line under the kernel at each position: where it starts in the image, and among the cells.
  private func forEachLine(of positions: [Int], _ body: (_ image: Int, _ cell: Int) -> Void) {
    for (place, position) in positions.enumerated() {
      let start = cells.offset(
        image: position / (result.height * result.width),
        row: position / result.width % result.height, column: position % result.width)
      for a in 0..<kernel.height {
        body(start + a * image.row, (place * kernel.height + a) * line)
      }
    }
  }
}

extension Tensor {
  /// The cells of a map `[B, H, W, C]` that hold a number other than 0; nil if there are more than some.
  func nonzeroCells(atMost most: Int) -> [Int]? {
    let channels = shape[3]
    var found: [Int] = []
    return withPointer { numbers in
      for cell in 0..<(count / max(channels, 1)) {
        let first = numbers + cell * channels
        guard (0..<channels).contains(where: { first[$0] != 0 }) else { continue }
        if found.count == most { return nil }
        found.append(cell)
      }
      return found
    }
  }

  /// Some cells of a map `[B, H, W, C]`, `[n, C]`.
  func cells(at cells: [Int]) -> Tensor {
    let channels = shape[3]
    return Tensor(shape: [cells.count, channels]) { result in
      withPointer { numbers in
        for (place, cell) in cells.enumerated() {
          (result + place * channels).update(from: numbers + cell * channels, count: channels)
        }
      }
    }
  }
}
