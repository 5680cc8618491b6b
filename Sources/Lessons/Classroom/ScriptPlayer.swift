public import TUI

/// Plays a script on the course: headless and at once, or on a screen at a pace that can be watched.
///
/// Nothing of what is answered is kept.
public struct ScriptPlayer {
  /// What is played.
  public let script: PlayScript
  /// What errors call the script.
  public let name: String
  /// The size of the screen where there is none; the script's if nil.
  public var size: Size?
  /// The drawing characters where there is no screen.
  public var glyphs = Glyphs.unicode
  /// The colours where there is no screen.
  public var depth = ColorDepth.indexed256
  /// How long one line waits for what it expects.
  public var patience = Duration.seconds(20)

  /// Creates a player.
  public init(_ script: PlayScript, name: String) {
    self.script = script
    self.name = name
  }

  /// The size of the recording or the headless screen.
  public var screenSize: Size { size ?? script.size }

  /// Plays the script to its end.
  ///
  /// - Parameters:
  ///   - screen: Where it is watched; nil to play it headless.
  ///   - cast: The recording that the frames go into as well.
  /// - Throws: `PlayScriptError` at a line that expects what does not come; `StageError` for an unknown chapter.
  public func play(on screen: (any Terminal)? = nil, into cast: Cast? = nil) throws {
    let stage = try Stage()
    var app = stage.app(
      language: script.language, glyphs: screen?.glyphs ?? glyphs, depth: screen?.depth ?? depth)
    if let name = script.chapter {
      let chapter = try stage.chapter(name, script.language)
      app.open(chapter.id)
      if let step = script.step { app.go(to: try stage.step(step, of: chapter).id) }
    }
    let terminal =
      screen.map { ScriptedTerminal(script.steps, on: $0, patience: patience) }
      ?? ScriptedTerminal(
        script.steps, size: screenSize, glyphs: glyphs, depth: depth, patience: patience)
    let played: ScriptedTerminal
    if let cast {
      var recording = RecordingTerminal(terminal, into: cast)
      run(&app, on: &recording)
      cast.end()
      played = recording.base
    } else {
      var plain = terminal
      run(&app, on: &plain)
      played = plain
    }
    if let missing = played.missing {
      let place = min(played.stepsDone, script.lines.count - 1)
      let isAbsent = script.steps[place] == .absent(missing)
      throw PlayScriptError(
        "\(name):\(script.lines[place]): the screen "
          + (isAbsent ? "shows “\(missing)”" : "never showed “\(missing)”"),
        screen: played.text)
    }
  }
}
