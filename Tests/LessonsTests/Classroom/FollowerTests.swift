import TUI
import Testing

@testable import Lessons

/// What a follower sees of a talk.
@Suite struct FollowerTests {
  private static let size = Size(columns: 80, rows: 24)

  /// What a presenter's course shows after some keys, and its screen.
  private func presented(
    _ step: String, _ keys: Key...
  ) throws -> (shared: SharedView, screen: String) {
    var course = try SharedStage.get().rehearsal(language: .en, size: Self.size, glyphs: .ascii)
    let isThere = course.go(to: "windows", step: step)
    try #require(isThere)
    for key in keys { course.press(key) }
    course.app.isAudience = true
    return (try #require(course.app.shared), course.canvas.text)
  }

  private func follower() throws -> Follower {
    var app = try SharedStage.get().app(language: .zh, glyphs: .ascii, depth: .mono)
    app.isAudience = true
    var follower = Follower(stage: app)
    follower.send(.event(.resize(Self.size)))
    return follower
  }

  private func show(_ view: SharedView, to follower: inout Follower) {
    follower.send(.news(Follower.SharedNews(content: .view(view))))
  }

  private func text(_ follower: Follower) -> String {
    var canvas = Canvas(size: Self.size, glyphs: .ascii, depth: .mono)
    follower.view(on: &canvas)
    return canvas.text
  }

  /// The same step, knobs, paint, cursor and answer.
  @Test func aFollowerSeesThePresentersScreen() throws {
    var follower = try follower()
    #expect(text(follower).contains("正在等待本机上的演示者") || text(follower).contains("?"))
    for presented in [
      try presented("windows.sees", .up, .space, .right, .space),
      try presented("windows.sees", .space, .enter),
      try presented("windows.start", .char("9"), .enter),
      // Hints, how sure somebody is, and an answer that is left open though one is chosen.
      try presented("windows.start", .char("h"), .char("h"), .char("H")),
      try presented("windows.shared", .char("b"), .tab, .right),
      try presented("windows.shared", .char("b"), .char("s")),
      // Panels: the numbers behind the figure, the source, what the model does not show.
      try presented("windows.map", .char("e"), .down),
      try presented("windows.shared", .char("s"), .char("c")),
      try presented("windows.map", .char("i")),
      try presented("windows.map"),
    ] {
      show(presented.shared, to: &follower)
      #expect(text(follower) == presented.screen)
    }
  }

  @Test func aFollowerMayGoElsewhereAndComeBack() throws {
    var follower = try follower()
    let first = try presented("windows.start")
    show(first.shared, to: &follower)
    follower.send(.event(.key(.pageDown)))
    #expect(!follower.isFollowing && text(follower).contains("step 2/"))
    let second = try presented("windows.sees")
    show(second.shared, to: &follower)
    #expect(text(follower).contains("step 2/") && text(follower).contains("w goes back"))
    follower.send(.event(.key(.char("w"))))
    #expect(follower.isFollowing && text(follower) == second.screen)
  }

  /// The keys that a reader asks for stay until the reader closes them, and closing them is no way of one's own.
  @Test func theReadersOwnPanelStays() throws {
    var follower = try follower()
    show(try presented("windows.start").shared, to: &follower)
    follower.send(.event(.key(.char("?"))))
    show(try presented("windows.map").shared, to: &follower)
    #expect(follower.stage.panel != nil && follower.isFollowing)
    follower.send(.event(.key(.escape)))
    #expect(follower.stage.panel == nil && follower.isFollowing)
  }

  @Test func aBlankTalkIsBlankAndAnEndedOneSaysSo() throws {
    var follower = try follower()
    var shown = try presented("windows.start").shared
    shown.isBlank = true
    show(shown, to: &follower)
    #expect(!text(follower).contains("Window partition"))
    shown.isBlank = false
    show(shown, to: &follower)
    follower.send(.news(Follower.SharedNews(content: .gone("the presentation is over"))))
    #expect(text(follower).contains("the presentation is over"))
    #expect(text(follower).contains("Window partition"))
  }

  @Test func aStepThatThisCourseLacksIsSaid() throws {
    var follower = try follower()
    var shown = try presented("windows.start").shared
    shown.chosen = [7, 7, 7]
    show(shown, to: &follower)
    #expect(text(follower).contains("Window partition"))
    shown.step = "windows.of-another-version"
    show(shown, to: &follower)
    #expect(follower.silence?.contains("windows.of-another-version") == true)
  }
}
