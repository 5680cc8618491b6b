/// A language of the course; the two are equal.
public enum Language: String, Sendable, CaseIterable, Codable {
  case en, zh

  /// The other language, which one key swaps in.
  public var other: Language { self == .en ? .zh : .en }

  /// The language's own name for itself.
  public var name: String { self == .en ? "English" : "中文" }
}

/// A phrase of the program in both languages, written side by side so that neither can be forgotten.
public struct Localized: Sendable, Hashable {
  /// The phrase in English.
  public let en: String
  /// The phrase in Simplified Chinese.
  public let zh: String

  /// Creates a phrase from its two wordings.
  public init(_ en: String, _ zh: String) {
    self.en = en
    self.zh = zh
  }

  /// The wording in one language.
  public subscript(language: Language) -> String { language == .en ? en : zh }
}
