import FoundationEssentials

/// What goes over the socket, a JSON object a line.
struct ClassroomMessage: Codable, Sendable, Hashable {
  /// The version of these messages.
  var protocolVersion = SharedView.protocolVersion
  /// From a client, first of all: `follow` or `control`.
  var role: String?
  /// From a remote: the command's words.
  var command: [String]?
  /// From the presenter: what is shown.
  var view: SharedView?
  /// From the presenter to a remote: whether the command was understood.
  var isDone: Bool?
  /// Why something was refused.
  var refusal: String?

  /// The longest line that is read.
  static let longest = 1 << 16

  /// The message as a line.
  var line: [UInt8] {
    let encoder = JSONEncoder()
    // A training that goes wrong has numbers that JSON lacks.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(self) else { return [] }
    return [UInt8](data) + [UInt8(ascii: "\n")]
  }

  /// What a presenter shows, as a line that is never longer than what is read: panel and training are left out if they are
  /// too much.
  static func picture(_ view: SharedView) -> [UInt8] {
    var view = view
    for shorten in [{ $0.panel = nil }, { $0.training = nil }] as [(inout SharedView) -> Void] {
      let line = ClassroomMessage(view: view).line
      if line.count <= longest { return line }
      shorten(&view)
    }
    return ClassroomMessage(view: view).line
  }

  /// Reads a line; nil if it is none of ours.
  init?(line: some Collection<UInt8>) {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let message = try? decoder.decode(ClassroomMessage.self, from: Data(line)) else {
      return nil
    }
    self = message
  }

  init(
    role: String? = nil, command: [String]? = nil, view: SharedView? = nil, isDone: Bool? = nil,
    refusal: String? = nil
  ) {
    self.role = role
    self.command = command
    self.view = view
    self.isDone = isDone
    self.refusal = refusal
  }

  /// What is wrong with a message of another version; nil if nothing is.
  var versionFault: String? {
    protocolVersion == SharedView.protocolVersion
      ? nil
      : "the presenter speaks version \(SharedView.protocolVersion) of the messages, this program version "
        + "\(protocolVersion); both must be the same vitdet"
  }
}

/// Bytes that arrive in pieces, as lines.
struct LineBuffer: Sendable {
  private var bytes: [UInt8] = []

  /// Adds bytes and takes the lines that are complete; nil if a line is longer than any message.
  mutating func add(_ piece: some Sequence<UInt8>) -> [[UInt8]]? {
    bytes += piece
    var lines: [[UInt8]] = []
    while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(Array(bytes[..<end]))
      bytes.removeSubrange(...end)
    }
    return bytes.count > ClassroomMessage.longest ? nil : lines
  }
}
