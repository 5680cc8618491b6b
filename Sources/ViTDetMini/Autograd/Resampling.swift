/// How to stretch an axis: every output is a weighted sum of a few inputs.
///
/// Positions are pixel centres, `source = (output + ½) · inputs / outputs − ½`, without corner alignment and
/// without smoothing when shrinking, as PyTorch's `interpolate(align_corners=False)` does.
public struct Resampling: Sendable, Hashable {
  /// The length of the axis before.
  public let inputs: Int
  /// The length of the axis after.
  public let outputs: Int
  /// How many inputs each output is made of.
  public let taps: Int
  /// The inputs of each output, `[outputs · taps]`.
  public let indices: [Int]
  /// Their weights, `[outputs · taps]`.
  public let weights: [Float]

  /// Straight lines between neighbours; beyond the ends the last value repeats.
  public static func linear(from inputs: Int, to outputs: Int) -> Resampling {
    Resampling(from: inputs, to: outputs, taps: 2) { position in
      // PyTorch clamps the position itself at the start for linear, unlike for cubic.
      let clamped = max(position, 0)
      let fraction = clamped - clamped.rounded(.down)
      return (Int(clamped), [1 - fraction, fraction])
    }
  }

  /// Cubic convolution with the coefficient −0.75; beyond the ends the last value repeats.
  public static func bicubic(from inputs: Int, to outputs: Int) -> Resampling {
    Resampling(from: inputs, to: outputs, taps: 4) { position in
      let a: Float = -0.75
      let start = position.rounded(.down)
      let t = position - start
      func near(_ x: Float) -> Float { ((a + 2) * x - (a + 3)) * x * x + 1 }
      func far(_ x: Float) -> Float { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
      return (Int(start) - 1, [far(t + 1), near(t), near(1 - t), far(2 - t)])
    }
  }

  /// The input whose centre is nearest; between two, the later one.
  public static func nearest(from inputs: Int, to outputs: Int) -> Resampling {
    Resampling(from: inputs, to: outputs, taps: 1) { (Int(($0 + 0.5).rounded(.down)), [1]) }
  }

  private init(
    from inputs: Int, to outputs: Int, taps: Int,
    at position: (Float) -> (first: Int, weights: [Float])
  ) {
    precondition(inputs > 0 && outputs > 0, "Resampling: from \(inputs) to \(outputs)")
    self.inputs = inputs
    self.outputs = outputs
    self.taps = taps
    var indices: [Int] = []
    var weights: [Float] = []
    let scale = Float(inputs) / Float(outputs)
    for output in 0..<outputs {
      let (first, row) = position(scale * (Float(output) + 0.5) - 0.5)
      for (tap, weight) in row.enumerated() {
        indices.append(min(max(first + tap, 0), inputs - 1))
        weights.append(weight)
      }
    }
    self.indices = indices
    self.weights = weights
  }

  /// Stretches the middle axis of `[outer, inputs, inner]`.
  func apply(_ x: Tensor, outer: Int, inner: Int, shape: [Int]) -> Tensor {
    Tensor(shape: shape) { result in
      x.withPointer { x in
        for group in 0..<outer {
          for output in 0..<outputs {
            let row = result + (group * outputs + output) * inner
            row.update(repeating: 0, count: inner)
            for tap in (output * taps)..<((output + 1) * taps) {
              let source = x + (group * inputs + indices[tap]) * inner
              let weight = weights[tap]
              for position in 0..<inner { row[position] += weight * source[position] }
            }
          }
        }
      }
    }
  }

  /// The transpose of `apply`: hands the gradient of each output to its inputs.
  func applyTransposed(_ gradient: Tensor, outer: Int, inner: Int, shape: [Int]) -> Tensor {
    var result = Tensor(zeros: shape)
    result.withMutablePointer { result in
      gradient.withPointer { gradient in
        for group in 0..<outer {
          for output in 0..<outputs {
            let source = gradient + (group * outputs + output) * inner
            for tap in (output * taps)..<((output + 1) * taps) {
              let row = result + (group * inputs + indices[tap]) * inner
              let weight = weights[tap]
              for position in 0..<inner { row[position] += weight * source[position] }
            }
          }
        }
      }
    }
    return result
  }
}

extension Variable {
  /// The variable with one axis stretched.
  ///
  /// - Precondition: The axis has the length that `resampling` starts from.
  public func resampled(axis: Int, _ resampling: Resampling) -> Variable {
    precondition(
      shape[axis] == resampling.inputs, "resampled: axis \(axis) of \(shape), \(resampling.inputs)")
    let shape = shape
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var newShape = shape
    newShape[axis] = resampling.outputs
    return Variable(
      resampling.apply(value, outer: outer, inner: inner, shape: newShape), from: [self]
    ) { [resampling.applyTransposed($0, outer: outer, inner: inner, shape: shape)] }
  }
}

/// Cells repeated until the map has another size.
///
/// - Parameters:
///   - x: `[B, H, W, C]`.
///   - extent: The size wanted.
/// - Returns: `[B, extent.height, extent.width, C]`.
public func enlarged(_ x: Variable, to extent: Extent) -> Variable {
  precondition(x.value.rank == 4, "enlarged: \(x.shape)")
  return x.resampled(axis: 1, .nearest(from: x.shape[1], to: extent.height))
    .resampled(axis: 2, .nearest(from: x.shape[2], to: extent.width))
}
