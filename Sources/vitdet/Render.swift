import ArgumentParser
import Lessons
import TUI

struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the exact screens of a chapter as text.")

  @Argument(help: "The chapter's identifier or number.")
  var chapter: String

  @Option(help: "The size of the screen.")
  var size = SizeArgument(Size(columns: 80, rows: 24))

  @Option(help: "The step to show, by identifier or number; the first by default.")
  var step: String?

  @Flag(help: "Show every step.")
  var all = false

  @OptionGroup var look: ScreenOptions

  func validate() throws {
    if all, step != nil { throw ValidationError("--all and --step exclude each other") }
  }

  func run() throws {
    let stage = try Stage()
    let found = try stage.chapter(chapter, look.language ?? .en)
    var rehearsal = stage.rehearsal(
      language: found.language, size: size.size, glyphs: look.ascii ? .ascii : .unicode,
      depth: look.color?.depth ?? .mono)
    rehearsal.isLight = look.light
    let steps = try all ? found.steps.map(\.id) : [stage.step(step, of: found).id]
    for id in steps {
      guard rehearsal.go(to: found.id, step: id) else { continue }
      if all { print("=== \(id)") }
      let canvas = rehearsal.canvas
      print(canvas.depth == .mono ? canvas.text : canvas.ansi())
    }
  }
}
