/// A rectangle or a point over a picture, in pixels of the picture.
///
/// Where there is colour its line has the role's colour; everywhere its letter tells it from the others.
public struct PictureMark: Sendable, Hashable {
  /// What is drawn.
  public enum Shape: Sendable, Hashable {
    /// The outline of a rectangle; edges outside the picture are left out.
    case box(left: Double, top: Double, right: Double, bottom: Double)
    /// One place.
    case point(x: Double, y: Double)
  }

  /// What is drawn.
  public var shape: Shape
  /// The letter of its line where there is no colour, and of its label.
  public var letter: Character
  /// What it stands for.
  public var role: Role
  /// Whether every second dot of its line is left out.
  public var isDashed: Bool
  /// The colour of its line where there is colour; nil for the role's.
  public var color: RGB?

  /// Creates a mark.
  public init(
    _ shape: Shape, letter: Character, role: Role, isDashed: Bool = false, color: RGB? = nil
  ) {
    self.shape = shape
    self.letter = letter
    self.role = role
    self.isDashed = isDashed
    self.color = color
  }

  /// The colour over a picture: its own, or its role's, brighter than in text, so that it stands out from any ground.
  public var lineColor: RGB {
    if let color { return color }
    switch role {
    case .right: return RGB(60, 225, 90)
    case .accent: return RGB(70, 170, 255)
    case .hint: return RGB(255, 205, 0)
    case .wrong: return RGB(255, 90, 90)
    case .muted: return RGB(175, 175, 175)
    default: return RGB(255, 255, 255)
    }
  }
}

/// The dots that marks cover in a raster of a picture, and where their letters stand.
struct MarkedDots {
  /// A dot that belongs to a mark.
  struct Dot: Hashable {
    let letter: Character
    let role: Role
    let color: RGB
  }

  /// The covered dots; of marks at the same place the last one shows.
  private(set) var dots: [GridPosition: Dot] = [:]
  /// One letter for each box that can be seen, by character cell.
  private(set) var labels: [GridPosition: Dot] = [:]

  private let size: Size
  private let rowsPerCell: Int

  /// Sets marks into a raster.
  ///
  /// - Parameters:
  ///   - marks: The marks, the last on top.
  ///   - size: The dots of the raster.
  ///   - rowsPerCell: The rows of dots in a character cell.
  ///   - place: The dot coordinates of a point of the picture, as fractions.
  init(
    _ marks: [PictureMark], size: Size, rowsPerCell: Int,
    place: (_ x: Double, _ y: Double) -> (column: Double, row: Double)
  ) {
    self.size = size
    self.rowsPerCell = rowsPerCell
    var corners: [(dot: Dot, frame: Frame)] = []
    for mark in marks {
      let dot = Dot(letter: mark.letter, role: mark.role, color: mark.lineColor)
      switch mark.shape {
      case .point(let x, let y):
        guard x.isFinite, y.isFinite else { continue }
        let place = place(x, y)
        set(dot, row: Int(place.row.rounded(.down)), column: Int(place.column.rounded(.down)))
      case .box(let left, let top, let right, let bottom):
        guard [left, top, right, bottom].allSatisfy({ $0.isFinite && abs($0) < 1e6 }) else {
          continue
        }
        let frame = Frame(from: place(left, top), to: place(right, bottom))
        outline(frame, dot, isDashed: mark.isDashed)
        corners.append((dot, frame))
      }
    }
    for corner in corners { label(corner.frame, corner.dot) }
  }

  /// The dots of a box's corners.
  private struct Frame {
    let left: Int
    let top: Int
    let right: Int
    let bottom: Int

    init(from start: (column: Double, row: Double), to end: (column: Double, row: Double)) {
      left = Int(start.column.rounded(.down))
      top = Int(start.row.rounded(.down))
      right = max(Int(end.column.rounded(.up)) - 1, left)
      bottom = max(Int(end.row.rounded(.up)) - 1, top)
    }
  }

  private mutating func set(_ dot: Dot, row: Int, column: Int) {
    guard (0..<size.rows).contains(row), (0..<size.columns).contains(column) else { return }
    dots[GridPosition(row: row, column: column)] = dot
  }

  private mutating func outline(_ frame: Frame, _ dot: Dot, isDashed: Bool) {
    let columns = max(frame.left, 0)..<max(min(frame.right + 1, size.columns), max(frame.left, 0))
    let rows = max(frame.top, 0)..<max(min(frame.bottom + 1, size.rows), max(frame.top, 0))
    for column in columns where !isDashed || (column - frame.left) % 2 == 0 {
      set(dot, row: frame.top, column: column)
      set(dot, row: frame.bottom, column: column)
    }
    for row in rows where !isDashed || (row - frame.top) % 2 == 0 {
      set(dot, row: row, column: frame.left)
      set(dot, row: row, column: frame.right)
    }
  }

  /// Puts a box's letter at its first visible corner that no other letter has.
  private mutating func label(_ frame: Frame, _ dot: Dot) {
    guard frame.right >= 0, frame.bottom >= 0, frame.left < size.columns, frame.top < size.rows
    else { return }
    let (left, right) = (max(frame.left, 0), min(frame.right, size.columns - 1))
    let (top, bottom) = (max(frame.top, 0), min(frame.bottom, size.rows - 1))
    let middle = (left + right) / 2
    let places = [
      (top, left), (top, right), (bottom, right), (bottom, left), (top, middle), (bottom, middle),
    ].map { GridPosition(row: $0.0 / rowsPerCell, column: $0.1) }
    guard let free = places.first(where: { labels[$0] == nil }) else { return }
    labels[free] = dot
  }
}
