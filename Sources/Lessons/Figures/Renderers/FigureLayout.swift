internal import TUI

/// Where the parts of a figure stand in a given number of columns.
struct FigureLayout {
  /// Some lines of text and where they go.
  struct Lines {
    var lines: [String]
    var rect: Rect
  }

  /// Every part in its place.
  struct Parts {
    var title: Lines
    var sentence: Lines
    var body: Rect
    var readOut: Lines
    var legend: Lines
    var caution: Lines
  }

  private let title: [String]
  private let sentence: [String]
  private let readOut: [String]
  private let below: Notes
  /// The notes set in the columns that the content leaves free, where those are enough for words.
  private let beside: Notes?
  private let body: Size
  private let columns: Int
  /// How many of the rows on offer the content makes use of.
  private let usedRows: (Size) -> Int

  /// Legend and caution, wrapped.
  private struct Notes {
    var legend: [String]
    var caution: [String]
    var columns: Int
    var count: Int { legend.count + caution.count }
  }

  /// The fewest columns in which a legend can be read.
  private static let narrowestLegend = 8

  init(_ view: FigureView, columns: Int, _ glyphs: Glyphs, _ depth: ColorDepth) {
    self.columns = columns
    usedRows = { view.usedRows(of: $0, glyphs, depth) }
    let figure = view.figure
    let isColourMap = view.isColourMap(glyphs, depth)
    func notes(_ columns: Int) -> Notes {
      Notes(
        // A colour map explains its own colours.
        legend: FigureText.legend(
          figure, columns: columns, glyphs: glyphs, showsScale: !isColourMap),
        caution: figure.caution.map { wrap($0, columns: columns, glyphs: glyphs) } ?? [],
        columns: columns)
    }
    title = wrap(figure.title, columns: columns, glyphs: glyphs)
    sentence = wrap(figure.sentence, columns: columns, glyphs: glyphs)
    body = view.bodySize(columns: columns, glyphs, depth)
    below = notes(columns)
    // Gaps between windows go before the legend does.
    let free = columns - body.columns - 1
    let most = free + view.spareColumns(glyphs, depth)
    beside =
      free >= Self.narrowestLegend
      ? notes(free) : most >= Self.narrowestLegend ? notes(most) : nil
    readOut =
      isColourMap
      ? [] : view.longestReadOut.map { Self.wrapped($0, view.readOut, columns, glyphs) } ?? []
  }

  /// The read-out's lines, as many as the longest of the figure takes, so that moving moves nothing else.
  private static func wrapped(
    _ longest: String, _ text: String?, _ columns: Int, _ glyphs: Glyphs
  ) -> [String] {
    let count = wrap(longest, columns: columns, glyphs: glyphs).count
    let lines = wrap(text ?? "", columns: columns, glyphs: glyphs)
    return lines + Array(repeating: "", count: max(count - lines.count, 0))
  }

  /// The rows that content, read-out, legend and caution take in the better arrangement.
  var neededRows: Int { min(rowsBelow, rowsBeside ?? Int.max) }

  private var rowsBelow: Int { body.rows + readOut.count + below.count }

  private var rowsBeside: Int? {
    beside.map { max(body.rows, $0.count) + readOut.count }
  }

  /// The places of all parts in a size of this layout's columns.
  func placed(in size: Size) -> Parts {
    let stacks = beside == nil || rowsBelow <= size.rows
    var spare = size.rows - (stacks ? rowsBelow : rowsBeside ?? rowsBelow)
    // The title before the sentence, and each only whole.
    let shownTitle = title.count <= spare ? title : []
    spare -= shownTitle.count
    let shownSentence = sentence.count < spare ? sentence + [""] : []

    var rest = Rect(size)
    let titlePart = Self.take(shownTitle, atBottom: false, from: &rest)
    let sentencePart = Self.take(shownSentence, atBottom: false, from: &rest)
    if !stacks, let beside {
      let read = Self.take(readOut, atBottom: true, from: &rest)
      let (content, side) = rest.splitLeft(columns - beside.columns)
      var notes = side
      let legend = Self.take(beside.legend, atBottom: false, from: &notes)
      let caution = Self.take(beside.caution, atBottom: false, from: &notes)
      return Parts(
        title: titlePart, sentence: sentencePart, body: content, readOut: read, legend: legend,
        caution: caution)
    }
    // Where even the content does not fit, the notes make room for it.
    let room = max(rest.rows - body.rows - readOut.count, 0)
    let cautionLines = Array(below.caution.prefix(room))
    let legendLines = Array(below.legend.prefix(room - cautionLines.count))
    let readLines = Array(readOut.prefix(max(rest.rows / 4, rest.rows - body.rows)))
    let offered = rest.rows - cautionLines.count - legendLines.count - readLines.count
    // What the content cannot use stays empty below everything, not between content and legend.
    let used = usedRows(Size(columns: columns, rows: offered))
    let (content, notes) = rest.splitTop(used)
    rest = notes
    let read = Self.take(readLines, atBottom: false, from: &rest)
    let legend = Self.take(legendLines, atBottom: false, from: &rest)
    return Parts(
      title: titlePart, sentence: sentencePart, body: content, readOut: read, legend: legend,
      caution: Self.take(cautionLines, atBottom: false, from: &rest))
  }

  /// Gives lines the rows they take at one end of what is left.
  private static func take(_ lines: [String], atBottom: Bool, from rest: inout Rect) -> Lines {
    let (taken, left) =
      atBottom
      ? { ($0.bottom, $0.rest) }(rest.splitBottom(lines.count))
      : { ($0.top, $0.rest) }(rest.splitTop(lines.count))
    rest = left
    return Lines(lines: lines, rect: taken)
  }
}
