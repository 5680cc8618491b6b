import ArgumentParser
import Glibc
import ViTDetMini

@main
struct VitDet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vitdet",
    abstract: "ViTDet, step by step, in the terminal.",
    discussion: """
      Without a subcommand the course opens where you left it. Exit status: 0 success, \
      1 failure with one line on standard error, 2 wrong usage.
      """,
    version: ViTDetMini.version,
    subcommands: [
      Learn.self,
      Render.self,
      Read.self,
      Play.self,
      Present.self,
      Follow.self,
      Control.self,
      Export.self,
      Check.self,
      List.self,
      ProgressCommand.self,
      ClassCommand.self,
      Features.self,
      ModelCommand.self,
      Detect.self,
      Eval.self,
      Train.self,
      LabCommand.self,
      Score.self,
      DataCommand.self,
    ],
    defaultSubcommand: Learn.self)

  /// The one place where errors end: a sentence on standard error, and a status that scripts can read.
  static func main() {
    // A limit on file sizes is to be an error like a full disk, not the end without a word.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
      leave(0)
    } catch {
      let status = exitCode(for: error)
      switch status {
      case .success:
        print(fullMessage(for: error))
        Glibc.exit(0)
      case .validationFailure:
        say(fullMessage(for: error))
        Glibc.exit(2)
      default:
        let text = message(for: error)
        if text.isEmpty { leave(status.rawValue) }
        say("error: " + oneLine(text))
        Glibc.exit(status == .failure ? 1 : status.rawValue)
      }
    }
  }

  /// Ends a command that has done its work, its screen closed and everything saved.
  ///
  /// A lesson's training may still be at its last step on another thread, and `exit` would take down the libraries that it
  /// computes with.
  private static func leave(_ status: Int32) -> Never {
    fflush(nil)
    _exit(status)
  }

  private static func say(_ text: String) {
    StandardError.write((text.hasPrefix("Error:") ? "e" + text.dropFirst() : text) + "\n")
  }

  /// An error is one line, whatever a file name or a library put into it.
  private static func oneLine(_ text: String) -> String {
    String(
      text.map { $0.isNewline ? " " : $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } ? $0 : "?" }
    )
  }
}
