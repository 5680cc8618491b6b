import Glibc
import TUI

/// `TerminalProbe echo | fuzz SEED | frames COUNT`, for the tests in a pseudo-terminal.
@main
enum Probe {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    do {
      var terminal = try NCursesTerminal(options: options(in: arguments))
      switch arguments.first {
      case "fuzz":
        var program = FuzzProgram(seed: arguments.dropFirst().first.flatMap(UInt64.init) ?? 1)
        finish(run(&program, on: &terminal), terminal)
      case "frames":
        let count = arguments.dropFirst().first.flatMap(Int.init) ?? 100
        let report = FrameTimes.measure(on: terminal, frames: count)
        terminal.close()
        print(report)
      default:
        var program = EchoProgram(terminal: terminal)
        finish(run(&program, on: &terminal), terminal)
      }
    } catch {
      let line = "error: \(error)\n"
      _ = write(2, line, line.utf8.count)
      exit(1)
    }
  }

  private static func options(in arguments: ArraySlice<String>) -> NCursesTerminal.Options {
    let depths: [String: ColorDepth] = [
      "never": .mono, "16": .ansi16, "256": .indexed256, "true": .trueColor,
    ]
    let color = arguments.first { $0.hasPrefix("--color=") }?.dropFirst("--color=".count)
    return NCursesTerminal.Options(
      depth: color.flatMap { depths[String($0)] }, isASCII: arguments.contains("--ascii"))
  }

  private static func finish(_ outcome: RunOutcome, _ terminal: NCursesTerminal) {
    terminal.close()
    print("bye: \(outcome)")
    if case .terminated(let signal) = outcome { exit(128 + signal) }
    if outcome == .hungUp { exit(129) }
  }
}
