/// A model's `config.json`, or an object inside it, read key by key with every doubt named.
struct ConfigurationFile {
  let path: String
  private let members: [String: JSONValue]
  private let prefix: String

  /// More bytes than any configuration needs.
  private static let sizeLimit = 1 << 20

  /// Reads a file that is one JSON object.
  init(path: String) throws(CheckpointError) {
    let file = try CheckpointFile(path)
    guard file.count <= ConfigurationFile.sizeLimit else {
      throw CheckpointError(path, "has \(file.count) bytes, too many for a configuration")
    }
    let bytes = try file.bytes(0..<file.count)
    do throws(JSONError) {
      guard case .object(let members) = try JSONValue(bytes) else {
        throw JSONError(fault: "the text is no object", offset: 0)
      }
      self.members = members
    } catch {
      throw CheckpointError(path, "is no configuration: \(error)")
    }
    self.path = path
    prefix = ""
  }

  private init(path: String, members: [String: JSONValue], prefix: String) {
    self.path = path
    self.members = members
    self.prefix = prefix
  }

  /// The keys that are there.
  var keys: Set<String> { Set(members.keys) }

  func fault(_ key: String, _ expectation: String) -> CheckpointError {
    CheckpointError(path, "\(prefix)\(key) must be \(expectation)")
  }

  private func value(_ key: String) -> JSONValue? {
    members[key] == .null ? nil : members[key]
  }

  /// An object inside this one.
  func object(_ key: String) throws(CheckpointError) -> ConfigurationFile {
    guard case .object(let members) = value(key) else { throw fault(key, "an object") }
    return ConfigurationFile(path: path, members: members, prefix: "\(prefix)\(key).")
  }

  /// The values of an object inside this one.
  func members(_ key: String) throws(CheckpointError) -> [String: JSONValue] {
    guard case .object(let members) = value(key) else { throw fault(key, "an object") }
    return members
  }

  /// Objects in an array.
  func objects(_ key: String) throws(CheckpointError) -> [ConfigurationFile] {
    try list(key, nil, "an array of objects") { value in
      guard case .object(let members) = value else { return nil }
      return ConfigurationFile(path: path, members: members, prefix: "\(prefix)\(key)[].")
    }
  }

  /// A whole number; `fallback` if the key is left out.
  func int(_ key: String, _ fallback: Int? = nil) throws(CheckpointError) -> Int {
    if let found = whole(value(key)) { return found }
    guard value(key) == nil, let fallback else { throw fault(key, "a whole number") }
    return fallback
  }

  /// A number; `fallback` if the key is left out.
  func double(_ key: String, _ fallback: Double? = nil) throws(CheckpointError) -> Double {
    if let found = number(value(key)) { return found }
    guard value(key) == nil, let fallback else { throw fault(key, "a number") }
    return fallback
  }

  /// A truth value; `fallback` if the key is left out.
  func bool(_ key: String, _ fallback: Bool? = nil) throws(CheckpointError) -> Bool {
    if case .bool(let found) = value(key) { return found }
    guard value(key) == nil, let fallback else { throw fault(key, "true or false") }
    return fallback
  }

  /// A string; `fallback` if the key is left out.
  func string(_ key: String, _ fallback: String? = nil) throws(CheckpointError) -> String {
    if case .string(let found) = value(key) { return found }
    guard value(key) == nil, let fallback else { throw fault(key, "a string") }
    return fallback
  }

  /// Whole numbers; `fallback` if the key is left out.
  func ints(_ key: String, _ fallback: [Int]? = nil) throws(CheckpointError) -> [Int] {
    try list(key, fallback, "an array of whole numbers", whole)
  }

  /// Numbers; `fallback` if the key is left out.
  func doubles(_ key: String, _ fallback: [Double]? = nil) throws(CheckpointError) -> [Double] {
    try list(key, fallback, "an array of numbers", number)
  }

  /// Strings; `fallback` if the key is left out.
  func strings(_ key: String, _ fallback: [String]? = nil) throws(CheckpointError) -> [String] {
    try list(key, fallback, "an array of strings") {
      if case .string(let text) = $0 { text } else { nil }
    }
  }

  /// Arrays of numbers.
  func doubleLists(_ key: String) throws(CheckpointError) -> [[Double]] {
    try list(key, nil, "an array of arrays of numbers") { value in
      guard case .array(let values) = value else { return nil }
      let numbers = values.compactMap { number($0) }
      return numbers.count == values.count ? numbers : nil
    }
  }

  /// A side, or height and width; `fallback` if the key is left out.
  func extent(_ key: String, _ fallback: Extent? = nil) throws(CheckpointError) -> Extent {
    if let side = whole(value(key)) { return Extent(side: side) }
    if case .array(let sides) = value(key), sides.count == 2, let height = whole(sides[0]),
      let width = whole(sides[1])
    {
      return Extent(height: height, width: width)
    }
    guard value(key) == nil, let fallback else { throw fault(key, "a whole number, or two") }
    return fallback
  }

  private func list<Element>(
    _ key: String, _ fallback: [Element]?, _ expectation: String,
    _ element: (JSONValue) -> Element?
  ) throws(CheckpointError) -> [Element] {
    if case .array(let values) = value(key) {
      let elements = values.compactMap(element)
      if elements.count == values.count { return elements }
    }
    guard value(key) == nil, let fallback else { throw fault(key, expectation) }
    return fallback
  }

  private func whole(_ value: JSONValue?) -> Int? {
    guard case .number(let text) = value else { return nil }
    return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  private func number(_ value: JSONValue?) -> Double? {
    guard case .number(let text) = value, let found = Double(text), found.isFinite else {
      return nil
    }
    return found
  }
}
