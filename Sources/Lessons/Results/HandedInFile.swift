import FoundationEssentials

/// A progress file as a learner hands it in: nothing in it is trusted, and one bad line costs that line only.
struct HandedInFile: Sendable, Hashable {
  /// Where it is.
  let path: String

  /// More than anybody does in years.
  static let mostEvents = 100_000
  /// A file with more lines than these that are of no use is no progress file.
  static let mostFaults = 10_000

  /// What was of no use in a file, as one line for each reason with the first place.
  struct Faults: Sendable, Hashable {
    private var first: [LineFault: (line: Int, count: Int)] = [:]
    /// Why the rest of the file was left out, if it was.
    var end: (line: Int, reason: String)?

    /// How many lines were of no use.
    var count: Int { first.values.reduce(0) { $0 + $1.count } }

    mutating func note(_ fault: LineFault, line: Int) {
      first[fault, default: (line, 0)].count += 1
    }

    /// `alice.jsonl:17: not an event of vitdet (and 3 more lines)`.
    func lines(_ path: String) -> [String] {
      let sorted = first.sorted { $0.value.line < $1.value.line }
      let lines = sorted.map { fault, place in
        let more = place.count - 1
        let rest = more == 0 ? "" : more == 1 ? " (and 1 more line)" : " (and \(more) more lines)"
        return "\(path):\(place.line): \(fault.reason)\(rest)"
      }
      return lines + (end.map { ["\(path):\($0.line): \($0.reason)"] } ?? [])
    }

    static func == (one: Faults, other: Faults) -> Bool { one.lines("") == other.lines("") }
    func hash(into hasher: inout Hasher) { hasher.combine(lines("")) }
  }

  /// Gives every event in the file's order to `body`, until that returns false.
  ///
  /// - Returns: What was of no use up to there.
  /// - Throws: `FileError` if the file cannot be read.
  @discardableResult
  func forEachEvent(_ body: (ProgressEvent) -> Bool) throws(FileError) -> Faults {
    var reader = try LineReader(path: path, limit: EventLine.longest)
    let decoder = JSONDecoder()
    var faults = Faults()
    var (line, events) = (0, 0)
    while let next = try reader.next() {
      line += 1
      let bytes: ArraySlice<UInt8>
      var isUnended = false
      switch next {
      case .tooLong:
        faults.note(.tooLong, line: line)
        continue
      case .text(let text): bytes = text
      case .unended(let text): (bytes, isUnended) = (text, true)
      }
      if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
      switch EventLine.event(in: bytes, decoder) {
      case nil: break
      case .failure(.noEvent) where isUnended: faults.note(.tornEnd, line: line)
      case .failure(let fault): faults.note(fault, line: line)
      case .success(let event):
        events += 1
        if events > Self.mostEvents {
          faults.end = (
            line, "more than \(Self.mostEvents) events; the rest of the file is left out"
          )
          return faults
        }
        if !body(event) { return faults }
      }
      if faults.count > Self.mostFaults {
        faults.end = (
          line, "more than \(Self.mostFaults) lines of no use; the rest of the file is left out"
        )
        return faults
      }
    }
    return faults
  }

  /// Who the file belongs to: its first event, which stays the same however long the file grows and whatever it is called.
  ///
  /// - Returns: nil for a file without any event.
  func learner() throws(FileError) -> LearnerID? {
    var id: LearnerID?
    try forEachEvent { event in
      id = LearnerID(first: event)
      return false
    }
    return id
  }

  /// What people call it: the file's name, or the folder's where the file still has the name that the program gave it.
  var label: String {
    let parts = path.split(separator: "/").map(String.init)
    guard var name = parts.last else { return path }
    if name.hasSuffix(".jsonl") { name.removeLast(".jsonl".count) }
    if name.hasPrefix("progress"), parts.count > 1, parts[parts.count - 2] != "." {
      let rest = name.dropFirst("progress".count)
      if rest.allSatisfy({ !$0.isLetter }) { name = parts[parts.count - 2] }
    }
    let safe = name.unicodeScalars.prefix(100).map { isInvisible($0) ? "?" : String($0) }
    return safe.joined()
  }
}

/// Which learner, without saying who: sixteen digits that come from the first event of a progress file.
struct LearnerID: Sendable, Hashable, Comparable {
  let text: String

  /// The identifier of the file that begins with an event.
  ///
  /// Source: Fowler, Noll and Vo's FNV-1a with 64 bits, which is the same in every run and on every machine.
  init(first event: ProgressEvent) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(event.time) \(event.session)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    text = String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The identifier in the name of a kept file; nil for any other name.
  init?(_ text: String) {
    guard text.count == 16, text.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
      return nil
    }
    self.text = text
  }

  /// What stands in tables instead of a name.
  var pseudonym: String { "learner-" + text.prefix(10) }

  static func < (one: LearnerID, other: LearnerID) -> Bool { one.text < other.text }
}
