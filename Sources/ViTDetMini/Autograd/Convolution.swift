internal import CKernels

// B images, H × W cells, I input and O output channels, k_h × k_w kernel.

/// The convolution of an image with a kernel, channels last.
///
/// It is one matrix product: a row of the left matrix holds the cells under the kernel at one position. They are not
/// copied there. What lies under one line of the kernel stands side by side in an image whose channels are last, so the
/// product finds the row as `k_h` pieces of `k_w·I` numbers in the padded image.
///
/// - Parameters:
///   - x: `[B, H, W, I]`.
///   - weight: `[O, k_h, k_w, I]`.
///   - bias: `[O]`.
///   - stride: The step of the kernel, in cells.
///   - padding: The zeros around the image, in cells.
/// - Returns: `[B, H', W', O]` with `H' = (H + 2·padding − k_h) / stride + 1`, rounded down.
/// - Precondition: The sizes agree and the kernel fits.
public func convolution(
  _ x: Variable, weight: Variable, bias: Variable? = nil, stride: Int = 1, padding: Int = 0
) -> Variable {
  let layout = ConvolutionLayout(
    image: x.shape, kernel: weight.shape, stride: stride, padding: padding)
  if layout.kernel.area == 1, stride == 1, padding == 0 {
    return linearMap(
      x, weight: weight.reshaped(to: [weight.shape[0], weight.shape[3]]), bias: bias)
  }
  let result =
    WinogradConvolution.suits(layout)
    ? WinogradConvolution(weight.value, image: x.shape, padding: padding)(
      x.value, bias: bias?.value)
    : layout.convolution(x.value, weight: weight.value, bias: bias?.value)
  return Variable(result, from: [x, weight] + (bias.map { [$0] } ?? [])) { gradient in
    let dBias = bias?.requiresGradient == true ? gradient.columnSums() : nil
    let image = x.value.padded(by: padding)
    let touched = gradient.nonzeroCells(atMost: layout.result.cellCount / 2)
    // Where losses sample, few positions have a say, and only what they saw is looked at.
    if touched != nil || stride > 1 || padding >= min(layout.kernel.height, layout.kernel.width) {
      let positions = touched ?? Array(0..<layout.result.cellCount)
      let dy = gradient.cells(at: positions)
      return [
        x.requiresGradient
          ? layout.folded(dy, at: positions, weight: weight.value) : nil,
        weight.requiresGradient
          ? dy.matmul(layout.unfolded(image, at: positions), transposed: true)
            .reshaped(to: weight.shape) : nil,
        dBias,
      ]
    }
    return [
      x.requiresGradient ? layout.imageGradient(gradient, weight: weight.value) : nil,
      weight.requiresGradient ? layout.weightGradient(gradient, image: image) : nil,
      dBias,
    ]
  }
}

/// Where a convolution finds its numbers.
struct ConvolutionLayout {
  /// The image with its padding.
  let image: MapSteps
  let result: MapSteps
  let kernel: Extent
  let inputs: Int
  let outputs: Int
  let stride: Int
  let padding: Int

  /// The numbers under one line of the kernel.
  var line: Int { kernel.width * inputs }
  /// The numbers under the kernel.
  var patch: Int { kernel.height * line }
  /// The cells of the image where the kernel starts.
  var cells: MapSteps { image.every(stride) }

  init(image shape: [Int], kernel kernelShape: [Int], stride: Int, padding: Int) {
    precondition(
      shape.count == 4 && kernelShape.count == 4 && shape[3] == kernelShape[3] && stride > 0
        && shape[1] + 2 * padding >= kernelShape[1] && shape[2] + 2 * padding >= kernelShape[2],
      "convolution: \(shape) with a kernel \(kernelShape), stride \(stride), padding \(padding)")
    image = MapSteps([shape[0], shape[1] + 2 * padding, shape[2] + 2 * padding, shape[3]])
    kernel = Extent(height: kernelShape[1], width: kernelShape[2])
    (inputs, outputs) = (kernelShape[3], kernelShape[0])
    result = MapSteps([
      shape[0], (image.height - kernel.height) / stride + 1,
      (image.width - kernel.width) / stride + 1, outputs,
    ])
    (self.stride, self.padding) = (stride, padding)
  }

  /// The positions of the kernel as an axis of a product.
  func positions(left: MapSteps, other: MapSteps) -> vd_axis {
    result.axis(left: left, other: other)
  }

  /// The sum as it is written, for kernels and steps of any size.
  func convolution(_ x: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    let padded = x.padded(by: padding)
    return Tensor(shape: result.shape) { result in
      padded.withPointer { image in
        weight.withPointer { weight in
          multiply(
            rows: positions(left: cells, other: self.result),
            inner: vd_axis(
              count: (1, kernel.height, line), left: (0, self.image.row, 1), other: (0, line, 1)),
            columns: outputs, image, weight, rightColumn: patch, into: result, bias: bias)
        }
      }
    }
  }

  /// `dx[h, w] = Σ dy[h + padding − a, w + padding − b]·W[a, b]`: a convolution with the kernel walked from its end.
  func imageGradient(_ gradient: Tensor, weight: Tensor) -> Tensor {
    if WinogradConvolution.suits(self) {
      return WinogradConvolution(
        weight, isTurned: true, image: gradient.shape, padding: 2 - padding)(gradient)
    }
    let to = MapSteps([
      image.images, image.height - 2 * padding, image.width - 2 * padding, inputs,
    ])
    let around = gradient.padded(
      rows: kernel.height - 1 - padding, columns: kernel.width - 1 - padding)
    let from = MapSteps(around.shape)
    return Tensor(shape: to.shape) { dx in
      around.withPointer { around in
        weight.withPointer { weight in
          multiply(
            rows: to.axis(left: from, other: to),
            inner: vd_axis(
              count: (kernel.height, kernel.width, outputs), left: (from.row, from.column, 1),
              other: (-line, -inputs, patch)),
            columns: inputs, around, weight + patch - inputs, rightColumn: 1, into: dx)
        }
      }
    }
  }

  /// `dW[o, a] = Σ dy[h, w, o]·x[h + a, w …]`, one line of the kernel at a time.
  func weightGradient(_ gradient: Tensor, image padded: Tensor) -> Tensor {
    Tensor(shape: [outputs, kernel.height, kernel.width, inputs]) { dWeight in
      gradient.withPointer { gradient in
        padded.withPointer { padded in
          for a in 0..<kernel.height {
            multiply(
              rows: .line(outputs, left: 1, other: patch),
              inner: positions(left: result, other: cells), columns: line, gradient,
              padded + a * image.row, rightColumn: 1, into: dWeight + a * line)
          }
        }
      }
    }
  }
}
