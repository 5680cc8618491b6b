public import ArgumentParser
import Glibc
public import Lessons
import TUI

/// How screens look, for every command that draws.
struct ScreenOptions: ParsableArguments {
  /// The colours that `--color` names.
  enum Color: String, ExpressibleByArgument, CaseIterable {
    case never
    case few = "16"
    case many = "256"
    case full = "true"

    var depth: ColorDepth {
      switch self {
      case .never: .mono
      case .few: .ansi16
      case .many: .indexed256
      case .full: .trueColor
      }
    }
  }

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "Colours: never, 16, 256 or true. Without it: NO_COLOR, TERM, COLORTERM, terminfo.")
  var color: Color?

  @Flag(help: "Draw dark on white, as for a projector, whatever the terminal's background is.")
  var light = false
  @Flag(
    name: .customLong("no-animation"),
    help: "Let nothing move by itself: figures come whole, a training shows each tenth.")
  var isStill = false
  @Option(name: .customLong("lang"), help: "The language: en or zh.")
  var language: Language?

  /// The look of the terminal.
  var terminal: NCursesTerminal.Options {
    NCursesTerminal.Options(depth: color?.depth, isASCII: ascii, isLight: light)
  }
}

extension ScreenOptions {
  /// Why there is no screen to draw on; nil if there is one.
  static var whyPlain: String? {
    if isatty(STDOUT_FILENO) == 0 { return "standard output is no terminal" }
    if getenv("TERM").map({ String(cString: $0) }) == "dumb" { return "TERM is dumb" }
    return nil
  }
}

extension Language: ExpressibleByArgument {}

/// A size as `80x24`.
struct SizeArgument: ExpressibleByArgument {
  let size: Size

  init(_ size: Size) { self.size = size }

  init?(argument: String) {
    let parts = argument.lowercased().split(separator: "x").map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    size = Size(columns: columns, rows: rows)
  }

  var defaultValueDescription: String { "\(size.columns)x\(size.rows)" }
}
