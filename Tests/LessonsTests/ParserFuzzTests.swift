import Testing

@testable import Lessons

/// Chapters and expressions spoiled at random, with a fixed seed: whatever stands there, an answer comes back.
@Suite struct ParserFuzzTests {
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      // SplitMix64, as in the engine's own random numbers.
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(sides))
    }
  }

  private static let scraps = [
    "```", "{= ", "}", "---", "- ", "> ", "@ok", ":id: ", "**", "`", "\n", "\n\n", "    ", "#",
    "1. ",
    "[", "]", "(", ")", "\"", "中", "，", "@", "<b>", "&amp;", "\\", "*", "_", "{step} x", "\u{301}",
    " → ", " × ", "1. ", "@ok ",
  ]

  @Test(arguments: 0..<8)
  func spoiledChaptersAreReadOrRefused(seed: UInt64) {
    var dice = Dice(state: seed)
    for round in 0..<24 {
      let chapter = round.isMultiple(of: 2) ? SampleChapter.text : KindsChapter.text
      var lines = chapter.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
      for _ in 0...dice.roll(4) {
        let index = dice.roll(lines.count)
        switch dice.roll(4) {
        case 0: lines.remove(at: index)
        case 1: lines.insert(lines[dice.roll(lines.count)], at: index)
        case 2: lines[index] = String(lines[index].dropLast(dice.roll(8)))
        default:
          let place = lines[index].index(
            lines[index].startIndex, offsetBy: dice.roll(lines[index].count + 1))
          lines[index].insert(contentsOf: Self.scraps[dice.roll(Self.scraps.count)], at: place)
        }
      }
      let text = lines.joined(separator: "\n")
      for error in SampleChapter.errors(text) {
        #expect(error.line >= 1 && error.column >= 1, "\(error.summary)\n\(text)")
        #expect(!error.message.isEmpty && error.excerpt.count < 200)
      }
    }
  }

  @Test(arguments: ["kinds.holds", "kinds.shape", "kinds.steps"], 0..<4)
  func randomActsLeaveAnAnswerThatCanBeGradedAndStored(id: String, seed: UInt64) throws {
    var dice = Dice(state: seed)
    var session = try KindsChapter.session(id)
    let characters = Array("12345678×××××(，a６")
    var committed = 0
    for _ in 0..<800 {
      switch dice.roll(9) {
      case 0, 1: session.take(.move(dice.roll(7) - 3))
      case 2: session.take(.choose(dice.roll(9)))
      case 3: session.take(.toggle)
      case 4: session.take(.putBack)
      case 5, 6: session.take(.type(characters[dice.roll(characters.count)]))
      case 7: session.take(.deleteBackward)
      default:
        if let draft = session.draft {
          #expect(session.whyNotReady == nil)
          #expect(Answer(stored: draft.text, kind: session.item.kind) == draft)
          session.commit()
          committed += 1
          #expect(session.attempts.last?.answer == draft)
          session.retry()
        } else {
          #expect(session.whyNotReady != nil && session.commit() == nil)
          for _ in 0..<Entry.maximumTyped { session.take(.deleteBackward) }
        }
      }
      #expect(!session.rows.isEmpty)
    }
    #expect(committed > 5)
  }

  @Test func randomExpressionsHaveAValueOrAnError() {
    let words = [
      "1", "2.5", "0", "tokens", "window", "all", "token(", "cells(", "min(", "count(", ")", "(",
      ",",
      "+", "-", "*", "/", "%", "^", "==", "<", "&&", "||", "!", "\"on\"", "1e300", " ",
    ]
    var dice = Dice(state: 11)
    var values = 0
    for _ in 0..<4_000 {
      let source = (0...dice.roll(7)).map { _ in words[dice.roll(words.count)] }.joined()
      guard let expression = try? Expression(parsing: source) else { continue }
      if let value = try? expression.evaluate(in: SmallEnvironment()) {
        values += 1
        #expect(!value.text(.en).isEmpty || value == .text(""))
      }
    }
    #expect(values > 100)
  }

  @Test func randomProgressLinesAreReadOrIgnored() throws {
    let directory = try TemporaryDirectory()
    let line =
      #"{"chapter":"w","kind":"answer","item":"w.x","right":true,"session":"a","time":"t","v":1}"#
    var dice = Dice(state: 5)
    var text = ""
    for _ in 0..<200 {
      var characters = Array(line)
      for _ in 0..<dice.roll(3) {
        let scraps: [Character] = ["{", "}", "\"", ",", ":", "1", "\u{0}", "中", "\\", "["]
        characters[dice.roll(characters.count)] = scraps[dice.roll(scraps.count)]
      }
      text += String(characters) + "\n"
    }
    try directory.write(text, to: "progress.jsonl")
    let contents = ProgressFile(path: "\(directory.path)/progress.jsonl").read()
    #expect(contents.events.count + contents.ignored == 200)
    #expect(contents.events.count > 50 && contents.ignored > 50)
  }
}
