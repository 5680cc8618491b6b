/// Figures computed so far, by what was asked for; nothing is computed twice.
struct FigureStore: Sendable {
  /// What is known of one figure.
  enum Entry: Sendable {
    case pending
    case ready(Figure)
    case failed(String)
  }

  private struct Kept: Sendable {
    var entry: Entry
    /// Which version of what the figure shows was asked for last.
    var version: Int
    var isUnderWay: Bool

    /// Whether the figure that is there is a stage on the way to a whole one.
    var isUnfinished: Bool {
      if case .ready(let figure) = entry { figure.isUnfinished } else { false }
    }
  }

  private var kept: [FigureRequest: Kept] = [:]
  /// Requests in the order they came, so that the oldest can be forgotten.
  private var order: [FigureRequest] = []
  /// Enough for every knob setting of a chapter; bounded so that a long session does not grow.
  private let limit = 256

  /// What is known of a figure.
  subscript(request: FigureRequest) -> Entry? { kept[request]?.entry }

  /// Notes that a figure, its next stage or its newest version is being computed; false if one already is, or if it is
  /// known whole.
  ///
  /// What is there stays on the screen until the next one comes.
  mutating func begin(_ request: FigureRequest, version: Int = 0) -> Bool {
    if let known = kept[request] {
      guard !known.isUnderWay, known.isUnfinished || known.version != version else { return false }
      kept[request] = Kept(entry: known.entry, version: version, isUnderWay: true)
      return true
    }
    kept[request] = Kept(entry: .pending, version: version, isUnderWay: true)
    order.append(request)
    if order.count > limit { kept[order.removeFirst()] = nil }
    return true
  }

  /// Keeps a result.
  mutating func finish(_ request: FigureRequest, _ result: Entry) {
    kept[request]?.entry = result
    kept[request]?.isUnderWay = false
  }
}
