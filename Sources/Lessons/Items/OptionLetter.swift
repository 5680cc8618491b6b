/// `a`, `b`, `c`, … before the options of a question.
enum OptionLetter {
  /// The letter of an option, counted from 0.
  static func text(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(max(index, 0), 25))))
  }

  /// The option that a letter or a number, counted from 1, names; nil if there are not so many.
  static func index(_ text: some StringProtocol, of count: Int) -> Int? {
    if let number = Int(text) { return (1...max(count, 1)).contains(number) ? number - 1 : nil }
    let lower = text.lowercased()
    return (0..<count).first { Self.text($0) == lower }
  }

  /// The options that a line names, `a c`, `a,c`, `ac` or `1 3`, in its order; nil if it names one twice or anything
  /// else.
  static func indices(_ text: String, of count: Int) -> [Int]? {
    let words = text.split { " ,，、".contains($0) }
    let names = words.count == 1 ? words[0].map { String($0) } : words.map(String.init)
    var result: [Int] = []
    for name in names {
      guard let index = index(name, of: count), !result.contains(index) else { return nil }
      result.append(index)
    }
    return result.isEmpty ? nil : result
  }
}
