/// Colours from low to high whose brightness rises all the way, so that a map reads in grey too.
public enum ColorRamp: Sendable, Hashable, CaseIterable {
  case viridis, inferno, magma, grey

  /// The colour of a share, 0…1; outside that range the nearest.
  ///
  /// With 256 colours the steps are those of the palette that rise in lightness: the nearest
  /// palette colours of a smooth ramp do not, and show bands that are not in the data.
  public func color(_ share: Double, depth: ColorDepth) -> RGB {
    let share = share.isNaN ? 0 : min(max(share, 0), 1)
    guard depth == .trueColor else {
      let steps = indexes
      let step = Int((share * Double(steps.count)).rounded(.down))
      return Palette.color(at: steps[min(step, steps.count - 1)])
    }
    let anchors = anchors
    let place = share * Double(anchors.count - 1)
    let start = min(Int(place), anchors.count - 2)
    let part = place - Double(start)
    func mix(_ channel: KeyPath<RGB, UInt8>) -> UInt8 {
      let low = Double(anchors[start][keyPath: channel])
      let high = Double(anchors[start + 1][keyPath: channel])
      return UInt8((low + (high - low) * part).rounded())
    }
    return RGB(mix(\.red), mix(\.green), mix(\.blue))
  }

  /// The steps of xterm's palette, rising in lightness (found by dynamic programming in Lab).
  private var indexes: [UInt8] {
    switch self {
    case .viridis: [53, 54, 25, 60, 242, 30, 36, 72, 77, 113, 148, 220]
    case .inferno: [16, 233, 17, 53, 89, 125, 167, 202, 208, 214, 221, 229]
    case .magma: [16, 233, 53, 54, 90, 125, 132, 167, 209, 216, 223, 229]
    case .grey: Array(232...255)
    }
  }

  /// Colours of the published ramps at even distances.
  private var anchors: [RGB] {
    switch self {
    case .viridis:
      [
        RGB(68, 1, 84), RGB(59, 82, 139), RGB(33, 145, 140), RGB(94, 201, 98), RGB(253, 231, 37),
      ]
    case .inferno:
      [
        RGB(0, 0, 4), RGB(87, 16, 110), RGB(188, 55, 84), RGB(249, 142, 9), RGB(252, 255, 164),
      ]
    case .magma:
      [
        RGB(0, 0, 4), RGB(81, 18, 124), RGB(183, 55, 121), RGB(252, 137, 97), RGB(252, 253, 191),
      ]
    case .grey: [RGB(8, 8, 8), RGB(238, 238, 238)]
    }
  }
}
