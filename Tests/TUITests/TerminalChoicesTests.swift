import Testing

@testable import TUI

@Suite struct TerminalChoicesTests {
  private typealias DepthCase = (ColorDepth?, [String: String], Int, ColorDepth)
  private static let depthCases: [DepthCase] = [
    (.indexed256, ["NO_COLOR": "1", "TERM": "dumb"], 8, .indexed256),
    (nil, ["NO_COLOR": "1", "COLORTERM": "truecolor"], 256, .mono),
    (nil, ["NO_COLOR": ""], 256, .indexed256),
    (nil, ["TERM": "dumb", "COLORTERM": "truecolor"], 256, .mono),
    (nil, ["COLORTERM": "24bit"], 8, .trueColor), (nil, ["COLORTERM": "yes"], 8, .ansi16),
    (nil, [:], 1 << 24, .trueColor), (nil, [:], 16, .ansi16), (nil, [:], 8, .ansi16),
    (nil, [:], -1, .mono),
  ]

  @Test(arguments: depthCases)
  func coloursFollowTheRuleInOrder(
    explicit: ColorDepth?, environment: [String: String], colors: Int, depth: ColorDepth
  ) {
    #expect(
      TerminalChoices.depth(explicit: explicit, environment: environment, entryColors: colors)
        == depth)
  }

  @Test func entriesAreTriedFromTheBestDown() {
    #expect(
      TerminalChoices.entries(term: "tmux-256color", depth: .trueColor)
        == ["tmux-direct", "tmux-256color", "tmux-256color"])
    #expect(
      TerminalChoices.entries(term: "xterm", depth: .indexed256) == ["xterm-256color", "xterm"])
    #expect(TerminalChoices.entries(term: "linux", depth: .ansi16) == ["linux"])
  }

  @Test(arguments: [
    (["LANG": "zh_CN.UTF-8"], true, false), (["LANG": "zh_CN.UTF-8"], false, true),
    (["LANG": "zh_CN.utf8"], false, true), (["LC_ALL": "C", "LANG": "C.UTF-8"], true, false),
    (["LANG": "zh_CN.GB18030"], false, false), ([:], true, true), (["LC_ALL": ""], true, true),
  ])
  func aMissingUTF8LocaleFallsBack(
    environment: [String: String], isInstalled: Bool, fallsBack: Bool
  ) {
    let rule = TerminalChoices.localeRule(environment: environment, isInstalled: isInstalled)
    #expect((rule == .fallBack) == fallsBack)
  }
}
