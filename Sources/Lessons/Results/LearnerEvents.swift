import FoundationEssentials
internal import ViTDetMini

/// All that one learner handed in, whichever files it came in and however often: each event once, by time.
struct LearnerEvents: Sendable {
  /// Who.
  let id: LearnerID
  /// The events in an order that depends on nothing but themselves.
  private(set) var events: [ProgressEvent]
  /// What was of no use, as lines.
  private(set) var faults: [String] = []

  /// Merges files of one learner.
  init(_ id: LearnerID, files: [HandedInFile]) {
    self.id = id
    var known: Set<ProgressEvent> = []
    for file in files {
      do throws(FileError) {
        faults += try file.forEachEvent { event in
          known.insert(event)
          return true
        }.lines(file.path)
      } catch {
        faults.append("\(file.path): \(error.reason)")
      }
    }
    events = known.sorted(by: Self.isBefore)
  }

  /// By time, which has whole seconds; within one, tries in their order, and else anything that is the same every time.
  private static func isBefore(_ one: ProgressEvent, _ other: ProgressEvent) -> Bool {
    if one.time != other.time { return one.time < other.time }
    if one.attempt != other.attempt { return one.attempt ?? 0 < other.attempt ?? 0 }
    return key(one).lexicographicallyPrecedes(key(other))
  }

  private static func key(_ event: ProgressEvent) -> [String] {
    [
      event.session, event.kind, event.chapter, event.step, event.item, event.answer,
      event.right.map { $0 ? "1" : "0" }, event.misconception, event.confidence,
      event.hints.map(String.init), event.language,
    ].map { $0 ?? "" }
  }

  /// Keeps the events in a file that is a progress file itself; one that would not change is not touched.
  ///
  /// - Throws: `DataError` if it cannot be written.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var bytes: [UInt8] = []
    for event in events {
      bytes += try encoder.encode(event)
      bytes.append(UInt8(ascii: "\n"))
    }
    if (try? readFile(path, limit: bytes.count + 1)) == bytes { return }
    try FileBytes.write(bytes, to: path)
  }
}
