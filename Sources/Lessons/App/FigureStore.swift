/// Figures computed so far, by what was asked for; nothing is computed twice.
struct FigureStore: Sendable {
  /// What is known of one figure.
  enum Entry: Sendable {
    case pending
    case ready(Figure)
    case failed(String)
  }

  private var entries: [FigureRequest: Entry] = [:]
  /// Requests in the order they came, so that the oldest can be forgotten.
  private var order: [FigureRequest] = []
  /// Enough for every knob setting of a chapter; bounded so that a long session does not grow.
  private let limit = 256

  /// What is known of a figure.
  subscript(request: FigureRequest) -> Entry? { entries[request] }

  /// Notes that a figure is being computed; false if it already is, or is known.
  mutating func begin(_ request: FigureRequest) -> Bool {
    guard entries[request] == nil else { return false }
    entries[request] = .pending
    order.append(request)
    if order.count > limit { entries[order.removeFirst()] = nil }
    return true
  }

  /// Keeps a result.
  mutating func finish(_ request: FigureRequest, _ result: Entry) {
    if entries[request] != nil { entries[request] = result }
  }
}
