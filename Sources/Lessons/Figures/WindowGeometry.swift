/// How a token grid is padded and cut into windows: pure arithmetic, and no model.
///
/// The padding stands at the bottom and on the right only, so the grid grows from `rows` × `columns` to the
/// next multiples of the window's side. Slots beyond the grid are real slots of a window: nothing masks them.
/// Source: ViTDet §3, detectron2 `modeling/backbone/utils.py` (`window_partition`).
public struct WindowGeometry: Sendable, Hashable {
  /// The rows of the token grid.
  public let rows: Int
  /// The columns of the token grid.
  public let columns: Int
  /// The side of a window in tokens.
  public let window: Int

  /// Creates the geometry of a grid that is cut into windows of `window` × `window` slots.
  public init(rows: Int, columns: Int, window: Int) {
    precondition(
      rows > 0 && columns > 0 && window > 0,
      "a \(rows)×\(columns) grid cannot be cut into windows of side \(window)")
    self.rows = rows
    self.columns = columns
    self.window = window
  }

  /// The rows after padding.
  public var paddedRows: Int { Self.padded(rows, to: window) }
  /// The columns after padding.
  public var paddedColumns: Int { Self.padded(columns, to: window) }
  /// The windows that lie side by side.
  public var windowsAcross: Int { paddedColumns / window }
  /// All windows.
  public var windows: Int { (paddedRows / window) * windowsAcross }
  /// The slots of one window.
  public var slotsPerWindow: Int { window * window }
  /// The real tokens.
  public var tokens: Int { rows * columns }
  /// The slots that hold zeros instead of tokens.
  public var padding: Int { paddedRows * paddedColumns - tokens }
  /// The pairs of query and key that all windows compare: M·K⁴ for M windows of side K.
  public var pairs: Int { windows * slotsPerWindow * slotsPerWindow }

  /// The next multiple of `side` that is at least `length`.
  public static func padded(_ length: Int, to side: Int) -> Int {
    (length + side - 1) / side * side
  }

  /// Whether the slot holds a token rather than padding.
  public func isReal(_ slot: Token) -> Bool {
    (0..<rows).contains(slot.row) && (0..<columns).contains(slot.column)
  }

  /// Whether the place exists after padding.
  public func contains(_ slot: Token) -> Bool {
    (0..<paddedRows).contains(slot.row) && (0..<paddedColumns).contains(slot.column)
  }

  /// The number of the window that holds the slot, counted row by row from 0.
  public func windowIndex(of slot: Token) -> Int {
    (slot.row / window) * windowsAcross + slot.column / window
  }

  /// The slots of the window that holds `slot`, padding included: what a query there attends to.
  public func slots(sharedWith slot: Token) -> Set<Token> {
    let top = slot.row / window * window
    let left = slot.column / window * window
    var found: Set<Token> = []
    for row in top..<top + window {
      for column in left..<left + window { found.insert(Token(row: row, column: column)) }
    }
    return found
  }

  /// The real tokens of the window that holds `slot`.
  public func tokens(sharedWith slot: Token) -> Set<Token> {
    slots(sharedWith: slot).filter(isReal)
  }

  /// Every slot of the padded grid in reading order.
  var slots: [Token] {
    (0..<paddedRows).flatMap { row in
      (0..<paddedColumns).map { Token(row: row, column: $0) }
    }
  }

  /// Every real token in reading order.
  var places: [Token] {
    (0..<rows).flatMap { row in (0..<columns).map { Token(row: row, column: $0) } }
  }
}
