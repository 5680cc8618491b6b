internal import CKernels

/// An array of numbers with a shape, stored row by row.
///
/// Images and feature maps are channels last, `[B, H, W, C]`, everywhere in this package, so that splitting
/// into windows, normalising and multiplying need no reordering.
public struct Tensor: Sendable, Equatable {
  /// The number of entries along each axis; empty for a single number.
  public private(set) var shape: [Int]
  /// The numbers, the last axis varying fastest.
  public internal(set) var storage: [Float]

  /// Creates a tensor from numbers in row-major order.
  ///
  /// - Precondition: `storage` has as many numbers as `shape` asks for.
  public init(shape: [Int], storage: [Float]) {
    precondition(
      Tensor.count(of: shape) == storage.count,
      "Tensor: \(storage.count) numbers do not fill the shape \(shape)")
    self.shape = shape
    self.storage = storage
  }

  /// Creates a tensor whose numbers are all the same.
  public init(shape: [Int], repeating value: Float) {
    let count = Tensor.count(of: shape)
    self.init(shape: shape) { $0.initialize(repeating: value, count: count) }
  }

  /// Creates a tensor of zeros.
  public init(zeros shape: [Int]) {
    self.init(shape: shape, repeating: 0)
  }

  /// Creates a tensor of no axes that holds one number.
  public init(scalar value: Float) {
    self.init(shape: [], storage: [value])
  }

  /// Creates a tensor whose memory is written once, by `fill`, without being cleared first.
  ///
  /// - Precondition: `fill` writes every entry.
  init(shape: [Int], filledBy fill: (UnsafeMutablePointer<Float>) -> Void) {
    let count = Tensor.count(of: shape)
    self.shape = shape
    storage = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress {
        vd_expect_writing(base, count)
        fill(base)
      }
      initialized = count
    }
  }

  /// The number of numbers that a shape holds.
  static func count(of shape: [Int]) -> Int {
    precondition(shape.allSatisfy { $0 >= 0 }, "Tensor: negative size in the shape \(shape)")
    return shape.reduce(1, *)
  }

  /// How many numbers there are.
  public var count: Int { storage.count }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// The number at a position, one index per axis.
  ///
  /// - Precondition: There is one index per axis, each inside it.
  public subscript(indices: Int...) -> Float {
    get { storage[offset(of: indices)] }
    set { storage[offset(of: indices)] = newValue }
  }

  private func offset(of indices: [Int]) -> Int {
    precondition(
      indices.count == shape.count, "Tensor: \(indices.count) indices for the shape \(shape)")
    var offset = 0
    for (index, size) in zip(indices, shape) {
      precondition(
        index >= 0 && index < size, "Tensor: index \(indices) outside the shape \(shape)")
      offset = offset * size + index
    }
    return offset
  }

  /// The same numbers under another shape.
  ///
  /// - Precondition: Both shapes hold the same number of numbers.
  public func reshaped(to newShape: [Int]) -> Tensor {
    precondition(
      Tensor.count(of: newShape) == count, "reshaped: \(shape) cannot become \(newShape)")
    var result = self
    result.shape = newShape
    return result
  }

  /// Runs `body` with the address of the first number.
  func withPointer<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
    storage.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("an array has an address") }
      return body(base)
    }
  }

  /// Runs `body` with the address of the first number, for writing.
  mutating func withMutablePointer<Result>(
    _ body: (UnsafeMutablePointer<Float>) -> Result
  ) -> Result {
    storage.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("an array has an address") }
      return body(base)
    }
  }
}

extension Tensor? {
  /// Runs `body` with the address of the first number, or with nil where there is no tensor.
  func withPointer<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
    guard let self else { return body(nil) }
    return self.withPointer { body($0) }
  }
}
