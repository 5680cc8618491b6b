import Testing

@testable import ViTDetMini

/// Reproducible numbers around 0 for tests.
func numbers(_ shape: [Int], seed: UInt64 = 1, scale: Float = 1) -> Tensor {
  var random = RandomNumbers(seed: seed)
  return Tensor(
    shape: shape,
    storage: (0..<shape.reduce(1, *)).map { _ in random.uniform(in: -1...1) * scale })
}

/// Compares the gradients of an operation with difference quotients, number by number.
///
/// The loss is the sum of the result times fixed random numbers, so that no part of the gradient can hide.
func expectGradients(
  of inputs: [Tensor], step: Float = 1e-2, tolerance: Float = 2e-3,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ operation: ([Variable]) -> Variable
) {
  let weights = numbers(operation(inputs.map { Variable($0) }).shape, seed: 99)
  func loss(_ inputs: [Tensor]) -> Float {
    operation(inputs.map { Variable($0) }).value.dot(weights)
  }
  let variables = inputs.map { Variable($0, requiresGradient: true) }
  operation(variables).dot(weights).backward()
  for (position, variable) in variables.enumerated() {
    guard let gradient = variable.gradient else {
      Issue.record("input \(position) got no gradient", sourceLocation: sourceLocation)
      continue
    }
    var expected = Tensor(zeros: inputs[position].shape)
    for index in expected.storage.indices {
      var (up, down) = (inputs, inputs)
      up[position].storage[index] += step
      down[position].storage[index] -= step
      expected.storage[index] = (loss(up) - loss(down)) / (2 * step)
    }
    expectClose(
      gradient, expected, tolerance: tolerance * max(1, expected.largestMagnitude),
      "the gradient of input \(position)", sourceLocation: sourceLocation)
  }
}
