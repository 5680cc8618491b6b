import Yams

/// One level of `key: value` and `key: [a, b]`, every key known, each at most once.
struct StrictYAML {
  let text: LessonText
  var errors: [LessonError] = []
  private(set) var isReadable = false
  private var fields: [String: (key: Node, value: Node)] = [:]
  private var asked: Set<String> = []
  private let firstLine: Int

  /// Parses some lines of a file.
  init(_ text: LessonText, lines: Range<Int>, errors: inout [LessonError]) {
    self.text = text
    firstLine = lines.lowerBound
    let source = text.lines[lines].joined(separator: "\n") + "\n"
    // Each level of nesting costs at least one of these, and Yams recurses once per level.
    let openings = source.count { "[{-?&*".contains($0) }
    guard lines.count <= 200, source.utf8.count <= 20_000, openings <= 400 else {
      errors.append(
        text.error(lines.lowerBound + 1, 1, "the YAML is too long or too nested", "shorten it"))
      return
    }
    do {
      guard let mapping = try compose(yaml: source)?.mapping else {
        errors.append(text.error(firstLine + 1, 1, "the YAML has no keys", "write key: value"))
        return
      }
      isReadable = true
      for (key, value) in mapping {
        guard let name = key.scalar?.string else {
          report(key, "a key is one word", "write key: value")
          continue
        }
        fields[name] = (key, value)
      }
    } catch let error as YamlError {
      errors.append(located(error))
    } catch {
      errors.append(text.error(firstLine + 1, 1, "bad YAML: \(error)"))
    }
    errors += self.errors
    self.errors = []
  }

  private func located(_ error: YamlError) -> LessonError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      text.error(mark.line + firstLine, mark.column, "bad YAML: \(problem)", "write key: value")
    case .duplicatedKeysInMapping(let duplicates, _):
      duplicate(duplicates.first ?? "")
    default: text.error(firstLine + 1, 1, "bad YAML: \(error)")
    }
  }

  private func duplicate(_ key: String) -> LessonError {
    let places = text.lines.indices.filter { text.lines[$0].hasPrefix("\(key):") }
    let line = places.count > 1 ? places[1] + 1 : firstLine + 1
    return text.error(line, 1, "the key '\(key)' stands here twice", "keep one")
  }

  private mutating func report(_ node: Node, _ message: String, _ suggestion: String? = nil) {
    errors.append(
      text.error(
        (node.mark?.line ?? 1) + firstLine, node.mark?.column ?? 1, message, suggestion))
  }

  /// Where a key's value stands, or the first line if it is missing.
  func place(_ key: String) -> (line: Int, column: Int) {
    guard let mark = fields[key]?.value.mark else { return (firstLine + 1, 1) }
    return (mark.line + firstLine, mark.column)
  }

  mutating func string(_ key: String, isRequired: Bool = true) -> String? {
    asked.insert(key)
    guard let field = fields[key] else {
      if isRequired {
        errors.append(text.error(firstLine + 1, 1, "the key '\(key)' is missing", "add \(key): …"))
      }
      return nil
    }
    guard let value = field.value.scalar?.string, !value.isEmpty else {
      report(field.key, "'\(key)' is one value", "write \(key): value")
      return nil
    }
    return value
  }

  /// A lower-case word.
  mutating func name(_ key: String) -> String? {
    guard let value = string(key) else { return nil }
    let isName = value.allSatisfy {
      $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
    }
    if !isName, let field = fields[key] {
      report(field.value, "'\(value)' is no identifier", "use a-z, 0-9 and hyphens")
    }
    return value
  }

  mutating func integer(_ key: String) -> Int? {
    guard let value = string(key) else { return nil }
    if let number = Int(value), number > 0 { return number }
    if let field = fields[key] { report(field.value, "'\(value)' is no whole number above 0") }
    return nil
  }

  mutating func strings(_ key: String, isRequired: Bool = true) -> [String] {
    asked.insert(key)
    guard let field = fields[key] else {
      if isRequired {
        errors.append(
          text.error(firstLine + 1, 1, "the key '\(key)' is missing", "add \(key): [a, b]"))
      }
      return []
    }
    guard let sequence = field.value.sequence else {
      report(field.key, "'\(key)' is a list", "write \(key): [a, b]")
      return []
    }
    var result: [String] = []
    for node in sequence {
      guard let value = node.scalar?.string, !value.isEmpty else {
        report(node, "a list holds plain words", "write \(key): [a, b]")
        continue
      }
      result.append(value)
    }
    return result
  }

  /// Reports every key that nobody asked for.
  mutating func refuseTheRest() {
    for (name, field) in fields.sorted(by: { $0.key < $1.key }) where !asked.contains(name) {
      report(
        field.key, "there is no key '\(name)'",
        closest(to: name, in: asked).map { "did you mean '\($0)'?" }
          ?? "the keys are \(asked.sorted().joined(separator: ", "))")
    }
  }
}
