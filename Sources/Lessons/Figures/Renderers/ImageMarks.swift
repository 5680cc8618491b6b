internal import TUI
internal import ViTDetMini

extension PixelImage {
  /// A figure's picture as the widget draws it.
  init(_ content: ImageContent) {
    let boxes = content.boxes.map { mark in
      PictureMark(
        .box(
          left: Double(mark.box.x0), top: Double(mark.box.y0), right: Double(mark.box.x1),
          bottom: Double(mark.box.y1)),
        letter: mark.letter, role: mark.look.role, isDashed: mark.look == .dropped)
    }
    let points = content.points.map { mark in
      PictureMark(
        .point(x: Double(mark.x), y: Double(mark.y)), letter: mark.letter, role: mark.look.role)
    }
    self.init(
      width: content.width, height: content.height, pixels: content.pixels, patch: content.patch,
      focus: content.focus.map(GridPosition.init), framesPatches: content.framesPatches,
      marks: boxes + points)
  }
}

extension MarkLook {
  /// The role of its line and letter.
  var role: Role {
    switch self {
    case .truth: .right
    case .candidate: .accent
    case .found: .hint
    case .dropped: .muted
    }
  }
}
