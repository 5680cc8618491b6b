import ArgumentParser
import Lessons

/// What a class handed in.
struct ClassCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "class", abstract: "Results of a class, from the files that learners hand in.",
    subcommands: [Collect.self, Show.self])

  /// Merges progress files and makes the tables.
  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Merge learners' progress files into attempts.csv, learners.csv and items.csv.",
      discussion: """
        The same folder can be given again and again, with files in any order, copies and older copies among them. A \
        learner is recognised by the first event of the file, whatever the file is called; that is no proof of who \
        wrote it. What is of no use is told with file and line number, and the rest counts.
        """)

    @Argument(help: "Progress files.")
    var files: [String]

    @Option(help: "The folder of the class; made if it is not there.")
    var out: String

    @Flag(help: "Keep names and paths out of the folder, also those that it has from before.")
    var pseudonym = false

    func run() throws {
      let report = try ClassFolder(path: out).collect(files, usesPseudonyms: pseudonym)
      for fault in report.faults { StandardError.write(StrangeText.shown(fault) + "\n") }
      print("\(out): learners: \(report.learners), answers: \(report.answers)")
      if !report.unusable.isEmpty {
        throw CommandFailure(
          "\(report.unusable.count) of \(files.count) files could not be used; the others are in \(out)"
        )
      }
    }
  }
}

extension ClassCommand {
  /// Shows what a class did.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Show a class's questions, with the wrong rules that were followed, and its learners.",
      discussion: "Without a terminal, or with --text, the same is printed.")

    @Argument(help: "The folder that class collect made.")
    var folder: String

    @Flag(help: "Print text though there is a terminal.")
    var text = false

    @OptionGroup var look: ScreenOptions

    func run() throws {
      let tables = try ClassTables(folder: folder)
      let language = look.language ?? .en
      if text || ScreenOptions.whyPlain != nil {
        let lines = ClassReport(tables).lines(language, isASCII: look.ascii)
        lines.forEach { StandardOutput.write($0) }
      } else {
        try end(ClassRunner.show(tables, language: language, options: look.terminal))
      }
    }
  }
}

/// Text from strangers, such as file names, as one line that acts on no terminal.
enum StrangeText {
  static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "?" : $0 }))
  }
}
