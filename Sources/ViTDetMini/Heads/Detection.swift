/// An object that the detector found, in pixels of the original picture.
public struct Detection: Sendable, Hashable {
  /// Where it is.
  public var box: Box
  /// How sure the detector is, from 0 to 1.
  public var score: Float
  /// Its class, counted from 0.
  public var classIndex: Int
  /// Its pixels, if the detector has a mask head.
  public var mask: RunLengthMask?

  /// Creates a detection.
  public init(box: Box, score: Float, classIndex: Int, mask: RunLengthMask? = nil) {
    self.box = box
    self.score = score
    self.classIndex = classIndex
    self.mask = mask
  }
}
