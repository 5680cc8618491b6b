internal import CKernels
internal import Synchronization

/// A tensor that remembers how it was computed, so that gradients can flow back to where it came from.
///
/// Nothing is remembered unless an input asks for its gradient, so inference costs no memory for it.
/// A variable lives and dies in the job that made it; tensors are what jobs exchange. Threads of one job may read the same.
public final class Variable {
  /// The numbers.
  public internal(set) var value: Tensor {
    didSet { packed.withLock { $0 = nil } }
  }
  /// Whether gradients flow to this variable.
  public let requiresGradient: Bool
  /// The gradient that arrived here; kept for the variables that were created with `requiresGradient`.
  public private(set) var gradient: Tensor?
  private let packed = Mutex<PackedMatrix?>(nil)
  private let inputs: [Variable]
  private let pullback: ((Tensor) -> [Tensor?])?

  /// Creates a variable that is no operation's result: an input or a parameter.
  public init(_ value: Tensor, requiresGradient: Bool = false) {
    self.value = value
    self.requiresGradient = requiresGradient
    inputs = []
    pullback = nil
  }

  /// Creates the result of an operation.
  ///
  /// - Parameters:
  ///   - value: The result.
  ///   - inputs: What it was computed from.
  ///   - pullback: Turns the result's gradient into the inputs' gradients, in order; nil for an input that needs none.
  init(_ value: Tensor, from inputs: [Variable], pullback: @escaping (Tensor) -> [Tensor?]) {
    self.value = value
    requiresGradient = inputs.contains { $0.requiresGradient }
    self.inputs = requiresGradient ? inputs : []
    self.pullback = requiresGradient ? pullback : nil
  }

  /// The shape of the numbers.
  public var shape: [Int] { value.shape }

  /// A small weight that is not being learned as the product's kernel reads it, copied when it is first asked for.
  var packedWeight: PackedMatrix? {
    guard !requiresGradient, value.count <= PackedMatrix.most, vd_multiply_is_optimised() != 0
    else { return nil }
    return packed.withLock { packed in
      let matrix = packed ?? PackedMatrix(value)
      packed = matrix
      return matrix
    }
  }

  /// The same numbers, cut off from where they came from.
  public var detached: Variable { Variable(value) }

  /// Forgets the gradient that arrived.
  public func clearGradient() {
    gradient = nil
  }

  /// Sends a gradient back through everything this variable was computed from.
  ///
  /// Gradients add up over several calls until `clearGradient()`.
  ///
  /// - Parameter seed: The gradient of this variable; 1 if left out, which is for losses.
  /// - Precondition: The seed has this variable's shape; without one, the variable holds a single number.
  public func backward(_ seed: Tensor? = nil) {
    if let seed {
      precondition(seed.shape == shape, "backward: gradient \(seed.shape) for \(shape)")
    } else {
      precondition(value.count == 1, "backward: \(shape) is no single number")
    }
    guard requiresGradient else { return }
    accumulate(seed ?? Tensor(shape: shape, repeating: 1))
    for variable in sorted().reversed() {
      guard let pullback = variable.pullback, let gradient = variable.gradient else { continue }
      // An operation's result has no use for its gradient afterwards.
      variable.gradient = nil
      for (input, part) in zip(variable.inputs, pullback(gradient)) {
        if let part, input.requiresGradient { input.accumulate(part) }
      }
    }
  }

  private func accumulate(_ part: Tensor) {
    precondition(part.shape == shape, "backward: gradient \(part.shape) for \(shape)")
    guard var sum = gradient else {
      gradient = part
      return
    }
    // Letting go first keeps the addition in place.
    gradient = nil
    sum.add(part)
    gradient = sum
  }

  /// Everything this variable was computed from, inputs before results, itself last.
  private func sorted() -> [Variable] {
    var order: [Variable] = []
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
    // Recursion could be as deep as the network; a stack of (variable, next input) is not.
    var path: [(variable: Variable, next: Int)] = [(self, 0)]
    while let (variable, next) = path.last {
      if next == variable.inputs.count {
        order.append(variable)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let input = variable.inputs[next]
      if input.requiresGradient, seen.insert(ObjectIdentifier(input)).inserted {
        path.append((input, 0))
      }
    }
    return order
  }
}
