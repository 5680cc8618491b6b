public import ViTDetMini

/// A picture, with a patch grid, boxes and points over it.
public struct ImageContent: Sendable, Hashable {
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// Red, green, blue, row by row, 0…255.
  public var pixels: [UInt8]
  /// The side of a patch in pixels, by which the cursor moves; 0 for no grid.
  public var patch: Int
  /// The patch under discussion.
  public var focus: Token?
  /// Whether lines are drawn between patches where there is room.
  public var framesPatches: Bool
  /// Boxes over the picture, the last on top.
  public var boxes: [BoxMark]
  /// Points over the picture, above all boxes.
  public var points: [PointMark]
  /// The sentence for the patch under the cursor, row by row; empty to read out the smallest box there.
  public var readOuts: [String]
  /// What a place outside all boxes reads out.
  public var elsewhere: String

  /// Creates a picture.
  public init(
    width: Int, height: Int, pixels: [UInt8], patch: Int = 0, focus: Token? = nil,
    framesPatches: Bool = true, boxes: [BoxMark] = [], points: [PointMark] = [],
    readOuts: [String] = [], elsewhere: String = ""
  ) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.patch = patch
    self.focus = focus
    self.framesPatches = framesPatches
    self.boxes = boxes
    self.points = points
    self.readOuts = readOuts
    self.elsewhere = elsewhere
  }
}

/// What a mark over a picture stands for; it decides the colour, and whether a line is dashed.
public enum MarkLook: Sendable, Hashable, CaseIterable {
  /// What is true of the picture.
  case truth
  /// What the model starts from or proposes.
  case candidate
  /// What the model says in the end.
  case found
  /// What was dropped on the way, dashed.
  case dropped
}

/// A box over a picture.
public struct BoxMark: Sendable, Hashable {
  /// The letter that names it in the picture, its legend and its read-out.
  public var letter: Character
  /// Where it is, in pixels; what lies outside the picture is not drawn.
  public var box: Box
  /// What it stands for.
  public var look: MarkLook
  /// What it reads out under the cursor, without its letter.
  public var readOut: String

  /// Creates a box.
  public init(_ letter: Character, _ box: Box, _ look: MarkLook, readOut: String = "") {
    self.letter = letter
    self.box = box
    self.look = look
    self.readOut = readOut
  }
}

/// A point over a picture.
public struct PointMark: Sendable, Hashable {
  /// The letter that shows where there is no colour.
  public var letter: Character
  /// The distance from the left edge in pixels.
  public var x: Float
  /// The distance from the top in pixels.
  public var y: Float
  /// What it stands for.
  public var look: MarkLook

  /// Creates a point.
  public init(_ letter: Character, x: Float, y: Float, _ look: MarkLook) {
    self.letter = letter
    self.x = x
    self.y = y
    self.look = look
  }
}

extension ImageContent {
  /// A picture of the model with marks over it; the cursor moves by `patch`.
  init(_ image: Image, patch: Int, focus: Token? = nil) {
    self.init(
      width: image.width, height: image.height, pixels: image.pixels, patch: patch, focus: focus)
  }

  /// Whether something is drawn over the picture.
  var isMarked: Bool { !boxes.isEmpty || !points.isEmpty }

  /// What the patch under the cursor reads out, or without a cursor the box on top; nil for a picture that has nothing to
  /// tell.
  func readOut(_ place: Token?) -> String? {
    guard patch > 0, !readOuts.isEmpty || isMarked else { return nil }
    guard let place = place ?? (readOuts.isEmpty ? nil : Token(row: 0, column: 0)) else {
      return boxes.last { !$0.readOut.isEmpty }?.line ?? elsewhere
    }
    let columns = max(width / patch, 1)
    let row = min(max(place.row, 0), max(height / patch - 1, 0))
    let column = min(max(place.column, 0), columns - 1)
    if readOuts.indices.contains(row * columns + column) { return readOuts[row * columns + column] }
    let x = (Float(column) + 0.5) * Float(patch)
    let y = (Float(row) + 0.5) * Float(patch)
    let under = boxes.filter {
      !$0.readOut.isEmpty && $0.box.x0 <= x && x < $0.box.x1 && $0.box.y0 <= y && y < $0.box.y1
    }
    return under.min { $0.box.area < $1.box.area }?.line ?? "(\(row),\(column)) \(elsewhere)"
  }

  /// Every text that the cursor could read out.
  var allReadOuts: [String] {
    guard patch > 0 else { return [] }
    if !readOuts.isEmpty { return readOuts }
    return boxes.map(\.line) + ["(\(height / patch - 1),\(width / patch - 1)) \(elsewhere)"]
  }

  /// The boxes with what they read out, for plain text: what is true first, then the best.
  var boxLines: [String] {
    let order = MarkLetters.small + MarkLetters.ranks
    func place(_ mark: BoxMark) -> Int { order.firstIndex(of: mark.letter) ?? order.count }
    return boxes.filter { !$0.readOut.isEmpty }.sorted { place($0) < place($1) }.map(\.line)
  }
}

extension BoxMark {
  /// The letter and what the box reads out.
  var line: String { "\(letter) \(readOut)" }
}
