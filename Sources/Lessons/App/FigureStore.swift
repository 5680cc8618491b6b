/// Figures computed so far, by what was asked for; nothing is computed twice.
struct FigureStore: Sendable {
  /// What is known of one figure.
  enum Entry: Sendable {
    case pending
    case ready(Figure)
    case failed(String)
  }

  private var entries: [FigureRequest: Entry] = [:]
  /// Unfinished figures whose next stage is being computed.
  private var underWay: Set<FigureRequest> = []
  /// Requests in the order they came, so that the oldest can be forgotten.
  private var order: [FigureRequest] = []
  /// Enough for every knob setting of a chapter; bounded so that a long session does not grow.
  private let limit = 256

  /// What is known of a figure.
  subscript(request: FigureRequest) -> Entry? { entries[request] }

  /// Notes that a figure, or its next stage, is being computed; false if it already is, or is known whole.
  mutating func begin(_ request: FigureRequest) -> Bool {
    if let entry = entries[request] {
      guard case .ready(let figure) = entry, figure.isUnfinished else { return false }
      // The stage that is there stays on the screen until the next one comes.
      return underWay.insert(request).inserted
    }
    entries[request] = .pending
    order.append(request)
    if order.count > limit { entries[order.removeFirst()] = nil }
    return true
  }

  /// Keeps a result.
  mutating func finish(_ request: FigureRequest, _ result: Entry) {
    underWay.remove(request)
    if entries[request] != nil { entries[request] = result }
  }
}
