public import ArgumentParser
import Foundation
import Glibc
import Lessons
public import TUI

/// `vitdet play`: a demonstration from a file.
struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play keys from a file on the course.",
    discussion: """
      A script has a line for each act: key, type, wait, expect, reject, caption, resize; open, lang and size come \
      first. In a terminal it is shown at a pace that can be watched. With --record, --headless or without a \
      terminal it runs at once, and fails at the line that expects what the screen does not show. Nothing that is \
      answered is kept.
      """)

  @Argument(help: "The script.")
  var script: String

  @Option(help: "The size of the screen where there is no terminal; the script's without it.")
  var size: SizeArgument?

  @Flag(help: "Play without a screen though there is a terminal.")
  var headless = false

  @OptionGroup var recording: RecordingOptions

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "Colours: never, 16, 256 or true.")
  var color: ScreenOptions.Color?

  func run() throws {
    let text = try Self.read(script)
    var player = ScriptPlayer(try PlayScript(text, name: script), name: script)
    player.size = size?.size
    if ascii { player.glyphs = .ascii }
    if let depth = color?.depth { player.depth = depth }
    let isShown = !headless && recording.record == nil && isatty(STDOUT_FILENO) == 1
    do {
      if isShown {
        let screen = try NCursesTerminal(
          options: NCursesTerminal.Options(depth: color?.depth, isASCII: ascii))
        defer { screen.close() }
        try player.play(on: screen)
      } else {
        // A path would tell strangers about the machine.
        let title = URL(filePath: script).lastPathComponent
        let cast = try recording.cast(size: player.screenSize, title: title)
        try player.play(into: cast)
        try RecordingOptions.check(cast)
      }
    } catch let error as PlayScriptError {
      if let screen = error.screen { StandardOutput.write(screen) }
      throw error
    }
  }

  /// A script's text, if the file is no larger than scripts are.
  private static func read(_ path: String) throws -> String {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure("\(path): cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { try? file.close() }
    let data = try file.read(upToCount: 1 << 20 + 1) ?? Data()
    guard let text = String(data: data, encoding: .utf8) else {
      throw CommandFailure("\(path): is no UTF-8 text")
    }
    return text
  }
}

/// Whether what is shown goes into a recording.
struct RecordingOptions: ParsableArguments {
  @Option(help: "Write a recording that asciinema plays; what is typed is not in it.")
  var record: String?

  @Option(help: "The recording's format: v3, or v2 for older players.")
  var cast = Cast.Version.v3

  /// The recording that was asked for.
  func cast(size: Size, title: String) throws -> Cast? {
    try record.map { try Cast(path: $0, version: cast, size: size, title: title) }
  }

  /// Says whether a recording was cut short.
  static func check(_ cast: Cast?) throws {
    if let cast, let fault = cast.fault {
      throw CommandFailure("\(cast.path): the recording ends early: \(fault)")
    }
  }
}

extension Cast.Version: ExpressibleByArgument {}
