internal import Glibc

/// The binary cross-entropy of logits, weighted and added up: `Σ w·(log(1 + eˣ) − t·x)`.
///
/// - Parameters:
///   - x: The logits.
///   - targets: What they should say, from 0 to 1, in the order of the numbers.
///   - weights: How much each counts; 0 leaves it out.
/// - Returns: A single number.
/// - Precondition: There is a target and a weight for each logit.
func binaryCrossEntropy(_ x: Variable, targets: [Float], weights: [Float]) -> Variable {
  precondition(
    x.value.count == targets.count && targets.count == weights.count,
    "binaryCrossEntropy: \(x.shape), \(targets.count) targets, \(weights.count) weights")
  var total = 0.0
  for (index, logit) in x.value.storage.enumerated() where weights[index] != 0 {
    // log(1 + eˣ) without overflow.
    let softplus = max(logit, 0) + log1p(exp(-abs(logit)))
    total += Double(weights[index] * (softplus - targets[index] * logit))
  }
  return Variable(Tensor(scalar: Float(total)), from: [x]) { gradient in
    let scale = gradient.storage[0]
    let numbers = x.value.storage.enumerated().map { index, logit in
      scale * weights[index] * (1 / (1 + exp(-logit)) - targets[index])
    }
    return [Tensor(shape: x.shape, storage: numbers)]
  }
}

/// The absolute differences, weighted and added up: `Σ w·|x − t|`.
///
/// detectron2 calls it smooth L1 with β = 0.
///
/// - Parameters:
///   - x: The predictions.
///   - targets: What they should be, in the order of the numbers.
///   - weights: How much each counts; 0 leaves it out.
/// - Returns: A single number.
/// - Precondition: There is a target and a weight for each prediction.
func absoluteError(_ x: Variable, targets: [Float], weights: [Float]) -> Variable {
  precondition(
    x.value.count == targets.count && targets.count == weights.count,
    "absoluteError: \(x.shape), \(targets.count) targets, \(weights.count) weights")
  var total = 0.0
  for (index, value) in x.value.storage.enumerated() where weights[index] != 0 {
    total += Double(weights[index] * abs(value - targets[index]))
  }
  return Variable(Tensor(scalar: Float(total)), from: [x]) { gradient in
    let scale = gradient.storage[0]
    let numbers = x.value.storage.enumerated().map { index, value -> Float in
      let difference = value - targets[index]
      return difference == 0 ? 0 : scale * weights[index] * (difference > 0 ? 1 : -1)
    }
    return [Tensor(shape: x.shape, storage: numbers)]
  }
}

/// The mean of the squared differences: `Σ (x − t)² / n`.
///
/// - Parameters:
///   - x: The predictions.
///   - targets: What they should be.
/// - Returns: A single number; 0 if there are no predictions.
/// - Precondition: Both have one shape.
func meanSquaredError(_ x: Variable, targets: Tensor) -> Variable {
  precondition(x.shape == targets.shape, "meanSquaredError: \(x.shape), targets \(targets.shape)")
  let difference = x.value - targets
  let count = Float(max(targets.count, 1))
  return Variable(Tensor(scalar: difference.dot(difference) / count), from: [x]) {
    [difference * (2 * $0.storage[0] / count)]
  }
}

/// The mean cross-entropy of rows of logits: `−log softmax(x)[class]`.
///
/// - Parameters:
///   - x: `[R, K]`.
///   - classes: The right class of each row.
/// - Returns: A single number; 0 if there are no rows.
/// - Precondition: There is a class for each row.
func crossEntropy(_ x: Variable, classes: [Int]) -> Variable {
  precondition(
    x.shape.count == 2 && x.shape[0] == classes.count,
    "crossEntropy: \(x.shape), \(classes.count) classes")
  let probabilities = softmaxRows(x.value)
  let columns = x.shape[1]
  var total = 0.0
  for (row, label) in classes.enumerated() {
    // From the logits, since a probability may have become 0.
    let logits = x.value.storage[(row * columns)..<((row + 1) * columns)]
    let largest = logits.max() ?? 0
    let sum = logits.reduce(0.0) { $0 + exp(Double($1 - largest)) }
    total += log(sum) - Double(logits[logits.startIndex + label] - largest)
  }
  let count = Float(max(classes.count, 1))
  return Variable(Tensor(scalar: Float(total) / count), from: [x]) { gradient in
    var result = probabilities
    for (row, label) in classes.enumerated() { result.storage[row * columns + label] -= 1 }
    return [result * (gradient.storage[0] / count)]
  }
}

/// Each row's probabilities, `[R, K]`.
func softmaxRows(_ logits: Tensor) -> Tensor {
  let columns = logits.shape[1]
  var result = logits
  for start in stride(from: 0, to: logits.count, by: max(columns, 1)) {
    let row = logits.storage[start..<(start + columns)]
    let largest = row.max() ?? 0
    let exponentials = row.map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    result.storage.replaceSubrange(start..<(start + columns), with: exponentials.map { $0 / sum })
  }
  return result
}

/// Each number's probability, `1 / (1 + e⁻ˣ)`.
func sigmoid(_ logits: Tensor) -> Tensor {
  logits.map { 1 / (1 + exp(-$0)) }
}

extension Variable {
  /// The numbers at some places of the storage, `[n]`.
  func gathered(at places: [Int]) -> Variable {
    let shape = shape
    let numbers = places.map { value.storage[$0] }
    return Variable(Tensor(shape: [places.count], storage: numbers), from: [self]) { gradient in
      var result = Tensor(zeros: shape)
      for (index, place) in places.enumerated() { result.storage[place] += gradient.storage[index] }
      return [result]
    }
  }

  /// The same numbers, whose gradient is multiplied on its way back.
  func withGradientScaled(by factor: Float) -> Variable {
    Variable(value, from: [self]) { [$0 * factor] }
  }
}
