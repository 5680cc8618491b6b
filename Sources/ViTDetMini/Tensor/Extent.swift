/// A height and a width, in pixels or in tokens as the context says.
public struct Extent: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The number of rows.
  public var height: Int
  /// The number of columns.
  public var width: Int

  /// Creates an extent.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Creates a square.
  public init(side: Int) {
    self.init(height: side, width: side)
  }

  /// Creates a square.
  public init(integerLiteral side: Int) {
    self.init(side: side)
  }

  /// Height times width.
  public var area: Int { height * width }

  /// Both sides rounded up to a multiple.
  ///
  /// - Precondition: `size` is positive.
  public func padded(toMultipleOf size: Int) -> Extent {
    precondition(size > 0, "padded: to multiples of \(size)")
    return Extent(
      height: (height + size - 1) / size * size, width: (width + size - 1) / size * size)
  }

  /// “height×width”.
  public var description: String { "\(height)×\(width)" }
}
