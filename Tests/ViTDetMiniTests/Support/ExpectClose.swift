import Testing

@testable import ViTDetMini

/// Expects two tensors of one shape whose numbers differ by at most `tolerance`, and says where they differ most.
func expectClose(
  _ found: Tensor, _ expected: Tensor, tolerance: Float, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.shape == expected.shape else {
    Issue.record(
      "\(what) has the shape \(found.shape), not \(expected.shape)",
      sourceLocation: sourceLocation)
    return
  }
  var worst: (index: Int, difference: Float) = (0, 0)
  for index in found.storage.indices {
    let difference = abs(found.storage[index] - expected.storage[index])
    if !(difference <= worst.difference) { worst = (index, difference) }
    if difference.isNaN { break }
  }
  #expect(
    worst.difference <= tolerance,
    """
    \(what) differs by \(worst.difference) at number \(worst.index) of \(found.shape): \
    \(found.storage[worst.index]) instead of \(expected.storage[worst.index])
    """, sourceLocation: sourceLocation)
}

/// Expects two lists of numbers that differ by at most `tolerance`.
func expectClose(
  _ found: [Float], _ expected: [Float], tolerance: Float, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    Tensor(shape: [found.count], storage: found),
    Tensor(shape: [expected.count], storage: expected), tolerance: tolerance, what,
    sourceLocation: sourceLocation)
}
