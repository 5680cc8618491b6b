/// The YAML between the two `---` lines that a chapter begins with.
struct FrontMatter: Sendable {
  var id = ""
  var title = ""
  var needs: [String] = []
  var minutes = 0
  var model = ""
  var objectives: [String] = []
  var outOfScope: [String] = []
  /// The number of lines it takes, both `---` included.
  var lineCount = 0

  static let example = "a chapter begins with ---, format: 1, id: … and a closing ---"

  /// Reads it, reporting what is wrong.
  init(_ text: LessonText, errors: inout [LessonError]) {
    guard text.lines.first == "---" else {
      errors.append(text.error(1, 1, "the front matter is missing", Self.example))
      return
    }
    guard let end = text.lines.dropFirst().firstIndex(of: "---") else {
      errors.append(text.error(1, 1, "the front matter is not closed", "end it with a line ---"))
      return
    }
    lineCount = end + 1
    var fields = StrictYAML(text, lines: 1..<end, errors: &errors)
    guard fields.isReadable else { return }
    if let format = fields.integer("format"), format != 1 {
      let place = fields.place("format")
      fields.errors.append(
        text.error(place.line, place.column, "this program reads format 1, not \(format)"))
    }
    id = fields.name("id") ?? ""
    title = fields.string("title") ?? ""
    needs = fields.strings("needs", isRequired: false)
    minutes = fields.integer("minutes") ?? 0
    model = fields.name("model") ?? ""
    objectives = fields.strings("objectives")
    outOfScope = fields.strings("out-of-scope", isRequired: false)
    fields.refuseTheRest()
    errors += fields.errors
  }
}
