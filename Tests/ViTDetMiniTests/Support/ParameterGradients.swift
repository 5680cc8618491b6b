import Testing

@testable import ViTDetMini

/// Compares a network's gradients with difference quotients, at one number of each parameter: the one of the largest gradient.
///
/// - Parameters:
///   - parameters: Where to differentiate.
///   - step: How far to go.
///   - tolerance: Relative to the largest gradient of the parameter, or to 0.1 if that is smaller.
///   - sourceLocation: Where a difference is reported.
///   - loss: The loss for parameters, and the network's variable of a name.
/// - Throws: What the loss throws.
func expectParameterGradients(
  at parameters: Parameters, step: Float = 2e-3, tolerance: Float = 1e-2,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ loss: (Parameters) throws -> (value: Variable, variable: (String) -> Variable?)
) throws {
  let (value, variable) = try loss(parameters)
  value.backward()
  for name in parameters.names {
    guard let gradient = variable(name)?.gradient else {
      Issue.record("\(name) got no gradient", sourceLocation: sourceLocation)
      continue
    }
    let largest = gradient.largestMagnitude
    let place = gradient.storage.firstIndex { abs($0) == largest } ?? 0
    func moved(_ distance: Float) throws -> Float {
      var moved = parameters
      moved.change(name) { $0.storage[place] += distance }
      return try loss(moved).value.value.storage[0]
    }
    let quotient = (try moved(step) - moved(-step)) / (2 * step)
    #expect(
      abs(gradient.storage[place] - quotient) <= tolerance * max(largest, 0.1),
      "\(name): \(gradient.storage[place]), but the quotient is \(quotient)",
      sourceLocation: sourceLocation)
  }
}
