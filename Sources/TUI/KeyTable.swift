/// One row of a screen's key table: what is pressed, what it means, what it is called.
public struct KeyBinding<Message> {
  /// The keys, the one to advertise first.
  public var keys: [Key]
  /// What the bottom line and help call it; empty to list it nowhere.
  public var label: String
  /// The name shown for the keys, such as `Arrows`; the first key's own if nil.
  public var shownKey: String?
  /// What it means now; nil while it is off.
  public var message: Message?
  /// Why it is off, shown when it is pressed.
  public var offReason: String?
  /// How long the label stays in a narrow bottom line: lower ranks leave first, `.max` never does.
  public var rank: Int

  /// Creates a row that acts, or with a nil message one that is off.
  public init(
    _ keys: [Key], _ label: String, _ message: Message?, shownKey: String? = nil,
    offReason: String? = nil, rank: Int = 50
  ) {
    self.keys = keys
    self.label = label
    self.message = message
    self.shownKey = shownKey
    self.offReason = offReason
    self.rank = rank
  }

  /// The row as the bottom line and help show it.
  public var hint: KeyHint {
    KeyHint(
      key: shownKey ?? keys.first?.name ?? "", label: label, isOn: message != nil,
      offReason: offReason, rank: rank)
  }
}

extension KeyBinding: Sendable where Message: Sendable {}

/// A key and what it does, without the message.
public struct KeyHint: Sendable, Hashable {
  /// The key's name.
  public var key: String
  /// What it does.
  public var label: String
  /// Whether it acts now.
  public var isOn: Bool
  /// Why it does not.
  public var offReason: String?
  /// How long it stays in a narrow bottom line.
  public var rank: Int

  /// Creates a hint.
  public init(
    key: String, label: String, isOn: Bool = true, offReason: String? = nil, rank: Int = 50
  ) {
    self.key = key
    self.label = label
    self.isOn = isOn
    self.offReason = offReason
    self.rank = rank
  }
}

/// The keys of a screen: the one table that acts, and that the bottom line and help are made of.
public struct KeyTable<Message> {
  /// The rows; where two have the same key, the first counts.
  public var bindings: [KeyBinding<Message>]

  /// Creates a table.
  public init(_ bindings: [KeyBinding<Message>]) { self.bindings = bindings }

  /// The row of a key.
  public func binding(for key: Key) -> KeyBinding<Message>? {
    bindings.first { $0.keys.contains(key) }
  }

  /// What a key means now; nil if nothing.
  public func message(for key: Key) -> Message? { binding(for: key)?.message }

  /// Why a key does nothing now; nil if it acts or is in no row.
  public func offReason(for key: Key) -> String? {
    guard let binding = binding(for: key), binding.message == nil else { return nil }
    return binding.offReason
  }

  /// All rows with a label, in order.
  public var hints: [KeyHint] { bindings.map(\.hint).filter { !$0.label.isEmpty } }
}

extension KeyTable: Sendable where Message: Sendable {}
