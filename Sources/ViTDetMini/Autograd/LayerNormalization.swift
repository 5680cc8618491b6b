internal import CKernels

/// Normalises each position over its channels: `(x − mean) / √(variance + eps) · weight + bias`.
///
/// The variance is the biased one. With channels last this is also what detectron2 calls the
/// channels-first LayerNorm of the pyramid and the heads.
///
/// - Parameters:
///   - x: `[…, C]`.
///   - weight: `[C]`.
///   - bias: `[C]`.
///   - eps: Keeps the root away from 0.
///   - relu: Whether negative results become 0; without gradients that happens before they leave the cache.
/// - Returns: `[…, C]`.
/// - Precondition: The sizes agree.
public func layerNorm(
  _ x: Variable, weight: Variable, bias: Variable, eps: Float, relu: Bool = false
) -> Variable {
  let inputs = [x, weight, bias]
  if relu, inputs.contains(where: \.requiresGradient) {
    return ViTDetMini.relu(layerNorm(x, weight: weight, bias: bias, eps: eps))
  }
  let channels = x.shape.last ?? 0
  precondition(
    weight.shape == [channels] && bias.shape == [channels],
    "layerNorm: \(x.shape) with weight \(weight.shape) and bias \(bias.shape)")
  let rows = x.value.count / max(channels, 1)
  let result = Tensor(shape: x.shape) { result in
    x.value.withPointer { x in
      weight.value.withPointer { weight in
        bias.value.withPointer { bias in
          nonisolated(unsafe) let (x, weight, bias, result) = (x, weight, bias, result)
          inThreads(rows, atLeast: max(1, (1 << 17) / max(channels, 1))) { part in
            let first = part.lowerBound * channels
            vd_layer_norm(
              x + first, weight, bias, eps, relu ? 1 : 0, result + first, part.count, channels)
          }
        }
      }
    }
  }
  return Variable(result, from: inputs) { gradient in
    var dWeight = Tensor(zeros: [channels])
    var dBias = Tensor(zeros: [channels])
    let dx = Tensor(shape: x.shape) { dx in
      x.value.withPointer { x in
        weight.value.withPointer { weight in
          gradient.withPointer { dy in
            dWeight.withMutablePointer { dWeight in
              dBias.withMutablePointer { dBias in
                vd_layer_norm_backward(x, weight, eps, dy, dx, dWeight, dBias, rows, channels)
              }
            }
          }
        }
      }
    }
    return [dx, dWeight, dBias]
  }
}
