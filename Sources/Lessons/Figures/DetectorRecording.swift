public import ViTDetMini

/// What one run of the whole detector left behind: every intermediate value, and what was found.
public struct DetectorRecording: Sendable {
  /// The detector that ran.
  public let configuration: DetectorConfiguration
  /// The picture as the network saw it.
  public let picture: PreparedPicture
  /// The recorded values by name: `backbone.last_feat`, `p2`, `objectness.p3`, `proposals.boxes`, `class_probs`.
  public let maps: [String: Tensor]
  /// What was found, best first, in pixels of the picture.
  public let detections: [Detection]

  /// A recorded value.
  ///
  /// - Throws: `FigureError` when the detector left no value of that name.
  public func map(_ name: String) throws(FigureError) -> Tensor {
    if let map = maps[name] { return map }
    throw FigureError("the detector recorded no «\(name)»")
  }
}
