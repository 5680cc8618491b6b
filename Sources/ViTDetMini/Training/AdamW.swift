internal import CKernels
internal import Glibc

/// Adam with weight decay that is taken from the weights themselves, not added to their gradients.
///
/// For gradient `g` at step `t`: `m ← β₁m + (1 − β₁)g`, `v ← β₂v + (1 − β₂)g²`, and
/// `θ ← (1 − ηλ)θ − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)`.
///
/// Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization; PyTorch `AdamW`.
public struct AdamW: Sendable {
  /// How fast the running means of gradients and of their squares forget.
  public var betas: (first: Double, second: Double)
  /// What keeps the division finite.
  public var epsilon: Double
  /// The number of steps so far.
  public internal(set) var step = 0
  /// The running means of gradients, by parameter.
  var means = Parameters()
  /// The running means of squared gradients, by parameter.
  var squares = Parameters()

  /// Creates an optimiser that has not made a step.
  public init(betas: (first: Double, second: Double) = (0.9, 0.999), epsilon: Double = 1e-8) {
    self.betas = betas
    self.epsilon = epsilon
  }

  /// Makes one step.
  ///
  /// - Parameters:
  ///   - parameters: The parameters, changed in place.
  ///   - gradients: The gradient of each parameter; a parameter without one only decays.
  ///   - rate: The learning rate of this step.
  ///   - rates: What is particular about a parameter.
  public mutating func update(
    _ parameters: inout Parameters, gradients: Parameters, rate: Double,
    rates: (String) -> ParameterRate
  ) {
    step += 1
    let correction = 1 - pow(betas.first, Double(step))
    let squareCorrection = 1 - pow(betas.second, Double(step))
    for name in parameters.names {
      let own = rates(name)
      let ownRate = rate * own.multiplier
      parameters.change(name) { value in
        let gradient = gradients[name] ?? Tensor(zeros: value.shape)
        precondition(
          gradient.shape == value.shape, "AdamW: gradient \(gradient.shape) of \(name)")
        if means[name] == nil {
          means[name] = Tensor(zeros: value.shape)
          squares[name] = Tensor(zeros: value.shape)
        }
        means.change(name) { mean in
          squares.change(name) { square in
            AdamW.step(
              &value, gradient, &mean, &square,
              vd_adamw(
                beta1: Float(betas.first), beta2: Float(betas.second), epsilon: Float(epsilon),
                keep: Float(1 - ownRate * own.weightDecay), rate: Float(ownRate / correction),
                square_scale: Float(1 / squareCorrection.squareRoot())))
          }
        }
      }
    }
  }

  private static func step(
    _ value: inout Tensor, _ gradient: Tensor, _ mean: inout Tensor, _ square: inout Tensor,
    _ settings: vd_adamw
  ) {
    let count = value.count
    value.withMutablePointer { value in
      mean.withMutablePointer { mean in
        square.withMutablePointer { square in
          gradient.withPointer { vd_adamw_step(value, $0, mean, square, count, settings) }
        }
      }
    }
  }
}
