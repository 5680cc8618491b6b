import FoundationEssentials

/// Why a line of a handed-in file is of no use.
enum LineFault: Error, Hashable, CaseIterable {
  case tooLong, tornEnd, noEvent, newer, noFormat, noTime, control, long, wrongNumber

  /// The reason as the end of `file:17: `.
  var reason: String {
    switch self {
    case .tooLong: "longer than \(EventLine.longest) bytes"
    case .tornEnd: "the last line was cut off"
    case .noEvent: "not an event of vitdet"
    case .newer: "of a newer format; collect it with a newer vitdet"
    case .noFormat: "of a format that never was"
    case .noTime: "its time is not of the form 2026-11-23T22:57:01Z"
    case .control: "it has a control character"
    case .long: "a name in it is longer than \(EventLine.longestName) bytes"
    case .wrongNumber: "a count in it makes no sense"
    }
  }
}

/// One line of a learner's file, checked: what a stranger hands in ends up in tables and on a screen.
enum EventLine {
  static let longest = ProgressFile.maximumLine
  /// A painted answer can name many cells; everything else is short.
  static let longestName = 200
  static let longestAnswer = 4000

  /// The event in a line; nil for one of a kind that this version does not know.
  static func event(
    in line: some Collection<UInt8>, _ decoder: JSONDecoder
  ) -> Result<ProgressEvent, LineFault>? {
    let event: ProgressEvent
    do {
      event = try decoder.decode(ProgressEvent.self, from: Data(line))
    } catch {
      // A later version may have other fields; its number still says what it is.
      let version = try? decoder.decode(Version.self, from: Data(line)).v
      return .failure((version ?? 1) > 1 ? .newer : .noEvent)
    }
    if event.v != 1 { return .failure(event.v > 1 ? .newer : .noFormat) }
    guard ProgressEvent.Kind(rawValue: event.kind) != nil else { return nil }
    return fault(in: event).map(Result.failure) ?? .success(event)
  }

  private struct Version: Decodable { var v: Int }

  private static func fault(in event: ProgressEvent) -> LineFault? {
    guard isTime(event.time) else { return .noTime }
    let names = [
      event.session, event.chapter, event.step, event.item, event.misconception, event.confidence,
      event.language,
    ].compactMap { $0 }
    if names.contains(where: { $0.utf8.count > longestName }) { return .long }
    if let answer = event.answer, answer.utf8.count > longestAnswer { return .long }
    if (names + [event.answer ?? ""]).contains(where: hasControl) { return .control }
    let counts = [event.hints, event.attempt].compactMap { $0 }
    return counts.allSatisfy { (0...1_000_000).contains($0) } ? nil : .wrongNumber
  }

  /// Control characters could act on a terminal, and invisible ones could turn the text of a table around.
  private static func hasControl(_ text: String) -> Bool {
    text.utf8.contains { $0 < 0x20 || $0 >= 0x7F }
      && text.unicodeScalars.contains(where: isInvisible)
  }

  /// `2026-11-23T22:57:01Z`, which sorts as text.
  private static func isTime(_ text: String) -> Bool {
    let form = "0000-00-00T00:00:00Z"
    return text.utf8.count == form.utf8.count
      && zip(text.utf8, form.utf8).allSatisfy { given, wanted in
        wanted == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(given) : given == wanted
      }
  }
}
