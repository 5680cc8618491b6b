/// What an experiment found, as a value that the screen, plain text and hand-outs all draw.
///
/// A figure is data, never drawing: every renderer makes its look from the same content, and none can
/// leave out the legend because the legend is part of it.
public struct Figure: Sendable, Hashable {
  /// What is drawn.
  public var title: String
  /// One sentence on what to see in it.
  public var sentence: String
  /// The content.
  public var body: Body
  /// The meaning of each mark, computed from the data.
  public var legend: [LegendEntry]
  /// What a careful reader must know, such as «random weights, seed 7».
  public var caution: String?
  /// The numbers behind the figure, for the evidence panel.
  public var evidence: Table?
  /// Whether asking again adds to it: a figure that measures for long does it in stages, and shows each.
  public var isUnfinished = false

  /// The forms that content takes.
  public enum Body: Sendable, Hashable {
    case grid(GridContent)
    case image(ImageContent)
    case table(Table)
    case chart(ChartContent)
    case flow([FlowRow])
    case text([String])
  }

  /// Creates a figure.
  public init(
    title: String, sentence: String, body: Body, legend: [LegendEntry] = [],
    caution: String? = nil, evidence: Table? = nil
  ) {
    self.title = title
    self.sentence = sentence
    self.body = body
    self.legend = legend
    self.caution = caution
    self.evidence = evidence
  }
}

/// One line of a figure's legend.
public struct LegendEntry: Sendable, Hashable {
  /// The mark as the figure shows it.
  public var mark: String
  /// What it means, with units.
  public var meaning: String

  /// Creates a line.
  public init(_ mark: String, _ meaning: String) {
    self.mark = mark
    self.meaning = meaning
  }
}

/// A grid of cells, each with a value or a letter.
public struct GridContent: Sendable, Hashable {
  /// How cells look.
  public enum Cells: Sendable, Hashable {
    /// Continuous values with their shown range: a heat map.
    case heat([Float], range: ClosedRange<Float>)
    /// Classes, drawn as the letter at that index of `letters`.
    case classes([Int], letters: [Character])
  }

  /// The rows of the grid.
  public var rows: Int
  /// The columns of the grid.
  public var columns: Int
  /// The content of the cells, row by row.
  public var cells: Cells
  /// The unit of the values, for the read-out.
  public var unit: String
  /// The cell that the figure is about (a query), shown as `?`.
  public var focus: Token?
  /// Cells to set apart, such as the padding.
  public var muted: Set<Token>
  /// The number of real rows and columns; cells beyond it are padding.
  public var realRows: Int
  /// The number of real columns.
  public var realColumns: Int
  /// A line is drawn after every `ruleEvery` rows and columns; 0 draws none.
  public var ruleEvery: Int
  /// The sentence for the cell under the cursor, row by row; empty to derive it from the value.
  public var readOuts: [String]

  /// Creates a grid.
  public init(
    rows: Int, columns: Int, cells: Cells, unit: String = "", focus: Token? = nil,
    muted: Set<Token> = [], realRows: Int? = nil, realColumns: Int? = nil, ruleEvery: Int = 0,
    readOuts: [String] = []
  ) {
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.unit = unit
    self.focus = focus
    self.muted = muted
    self.realRows = realRows ?? rows
    self.realColumns = realColumns ?? columns
    self.ruleEvery = ruleEvery
    self.readOuts = readOuts
  }
}

/// Rows of text under column titles; a cell that reads as a number is set flush right.
public struct Table: Codable, Sendable, Hashable {
  /// The titles of the columns.
  public var columns: [String]
  /// The rows, each as long as `columns`.
  public var rows: [[String]]

  /// Creates a table.
  public init(columns: [String], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }
}

/// Lines or points over one axis.
public struct ChartContent: Sendable, Hashable {
  /// A named line.
  public struct Series: Sendable, Hashable {
    /// The line's name.
    public var name: String
    /// The points, by rising x.
    public var points: [Point]

    /// Creates a line.
    public init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A point of a line.
  public struct Point: Sendable, Hashable {
    /// The horizontal value.
    public var x: Double
    /// The vertical value.
    public var y: Double

    /// Creates a point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The horizontal axis' name and unit.
  public var xLabel: String
  /// The vertical axis' name and unit.
  public var yLabel: String
  /// True for logarithmic axes.
  public var isLogarithmic: Bool
  /// The lines.
  public var series: [Series]
  /// What both axes show, whatever the points; nil to fit them to the points.
  public var limits: ClosedRange<Double>?

  /// Creates a chart.
  public init(
    xLabel: String, yLabel: String, isLogarithmic: Bool, series: [Series],
    limits: ClosedRange<Double>? = nil
  ) {
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.isLogarithmic = isLogarithmic
    self.series = series
    self.limits = limits
  }
}

/// One module of a shape flow, with the shape that leaves it.
public struct FlowRow: Sendable, Hashable {
  /// The module or operation.
  public var name: String
  /// The shape that leaves it.
  public var shape: [Int]
  /// What happened, in a few words.
  public var remark: String
  /// The sentences for the row under the cursor; a flow whose rows all have some is walked through, and may be longer
  /// than its pane.
  public var readOut: String

  /// Creates a row.
  public init(name: String, shape: [Int], remark: String = "", readOut: String = "") {
    self.name = name
    self.shape = shape
    self.remark = remark
    self.readOut = readOut
  }
}
