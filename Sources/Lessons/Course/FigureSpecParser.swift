extension ProseParser {
  /// A figure as three of a directive's options describe it: its name, its knobs and its focus.
  mutating func figure(
    id: String, name: Directive.Setting?, knobs: Directive.Setting?, focus: Directive.Setting?,
    caption: Prose = [], line: Int
  ) -> FigureSpec? {
    guard let name else {
      for stray in [knobs, focus].compactMap({ $0 }) {
        report(stray.line, 1, "there is no figure that this belongs to", "name the figure too")
      }
      return nil
    }
    if !isName(name.value) {
      report(
        name.line, name.column, "'\(name.value)' is no figure's name",
        "write a name such as window-map")
    }
    return FigureSpec(
      id: id, name: name.value, knobs: knobs.map { self.knobs($0) } ?? [],
      focus: focus.flatMap { expression($0.value, line: $0.line, column: $0.column) },
      caption: caption, line: line)
  }

  /// `window = 2, 4, 6*, 8 ; position = on, off`; `0..7` stands for every whole number between.
  mutating func knobs(_ setting: Directive.Setting) -> [Knob] {
    var result: [Knob] = []
    for part in setting.value.split(separator: ";", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      let name = sides[0].trimmed
      guard sides.count == 2, !name.isEmpty, name.allSatisfy({ $0.isNameStart || $0.isASCIIDigit })
      else {
        report(
          setting.line, setting.column, "'\(part.trimmed)' is no knob",
          "write window = 2, 4, 6*, 8 and put ; between knobs")
        continue
      }
      var knob = Knob(name: name, settings: [], start: 0)
      var stars = 0
      for written in sides[1].split(separator: ",", omittingEmptySubsequences: false) {
        var value = written.trimmed
        if value.hasSuffix("*") {
          value.removeLast()
          stars += 1
          knob.start = knob.settings.count
        }
        knob.settings += expanded(value)
      }
      let isPlain = knob.settings.allSatisfy { setting in
        !setting.isEmpty
          && setting.allSatisfy { $0.isNameStart || $0.isASCIIDigit || $0 == "." || $0 == "-" }
      }
      if !isPlain || stars > 1 || Set(knob.settings).count != knob.settings.count {
        report(
          setting.line, setting.column, "the settings of '\(name)' are not clear",
          "write each once, with commas, and * after the one to start with")
      }
      if result.contains(where: { $0.name == name }) {
        report(setting.line, setting.column, "the knob '\(name)' stands here twice", "keep one")
      }
      result.append(knob)
    }
    return result
  }

  private func expanded(_ setting: String) -> [String] {
    guard let dots = setting.firstRange(of: ".."), let first = Int(setting[..<dots.lowerBound]),
      let last = Int(setting[dots.upperBound...]), first <= last, last - first < 64
    else { return [setting] }
    return (first...last).map(String.init)
  }

  /// True for lower-case words joined by hyphens: `window-map`.
  func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isASCII, first.isLetter || first.isASCIIDigit else {
      return false
    }
    return text.allSatisfy { character in
      character.isASCII && (character.isLowercase || character.isNumber || character == "-")
    }
  }
}

extension Substring {
  /// Without the blanks at both ends.
  var trimmed: String { String(drop(while: { $0 == " " }).withoutEndBlanks) }

  /// Without the blanks at its end.
  var withoutEndBlanks: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
