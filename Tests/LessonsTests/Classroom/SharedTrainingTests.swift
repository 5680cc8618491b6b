import Dispatch
import Glibc
import Synchronization
import TUI
import Testing

@testable import Lessons
@testable import ViTDetMini

/// A training on the presenter's machine, as whoever follows sees it.
@Suite(.timeLimit(.minutes(2))) struct SharedTrainingTests {
  /// A race of 600 steps after some of them, with a box found at each check.
  private func progress(_ done: Int, of steps: Int = 600, every: Int = 60) -> TrainingProgress {
    TrainingProgress(
      told: ["mae", "random"].enumerated().map { index, name in
        TrainingProgress.Lane(
          told: name, losses: (0..<done).map { 3.1 / Float($0 + index + 1).squareRoot() },
          checks: stride(from: 0, through: done, by: every).map { step in
            TrainingProgress.Check(
              step: step, averagePrecision: Double(step) / 1000,
              detections: (0..<20).map {
                Detection(
                  box: Box(4.3, 5.1, 20.7 + Float($0), 30), score: 0.95 - Float($0) / 50,
                  classIndex: index)
              })
          }, fault: nil)
      }, steps: steps, checkEvery: every, seconds: 61.5, secondsPerStep: 0.1)
  }

  /// The presenter's course at the race, after so many steps.
  private func presenting(_ done: Int, _ keys: Key...) throws -> Rehearsal {
    var course = try RaceChapter.rehearsal()
    let isThere = course.go(to: "race")
    try #require(isThere)
    course.app.isAudience = true
    course.press(.tab)
    course.press(.enter)
    guard case .lesson(let lesson) = course.app.screen,
      let key = lesson.request.flatMap(TrainingKey.init)
    else { throw StageError("no lesson") }
    course.send(.trained(key, progress(done)))
    for key in keys { course.press(key) }
    return course
  }

  private func follower() throws -> Follower {
    var app = try RaceChapter.rehearsal().app
    app.isAudience = true
    var follower = Follower(stage: app)
    follower.send(.event(.resize(app.size)))
    return follower
  }

  private func text(_ follower: Follower) -> String {
    var canvas = Canvas(size: follower.stage.size, glyphs: .ascii, depth: .mono)
    follower.view(on: &canvas)
    return canvas.text
  }

  /// A picture after its way through the socket's line.
  private func received(_ view: SharedView?) throws -> SharedView {
    let line = ClassroomMessage.picture(try #require(view))
    return try #require(ClassroomMessage(line: line.dropLast())?.view)
  }

  /// Curves, boxes, the numbers behind them, and what the status line says.
  @Test func aFollowerSeesWhatThePresenterSees() throws {
    var follower = try follower()
    let toShow: [Key] = [.tab, .down, .down]
    for (done, keys) in [
      (0, []), (7, []), (130, []), (130, [.char("e")]), (131, toShow + [.right]),
      (200, toShow + [.right, .right, .right]), (600, []), (600, toShow + [.right, .right]),
    ] as [(Int, [Key])] {
      var course = try presenting(done)
      for key in keys { course.press(key) }
      let view = try received(course.app.shared)
      follower.send(.news(Follower.SharedNews(content: .view(view))))
      #expect(text(follower) == course.canvas.text, "after \(done) steps")
      #expect(follower.standingWork.isEmpty)
    }
    #expect(text(follower).contains("1 ") && text(follower).contains("Trained: step 600/600."))
  }

  /// Whoever goes their own way trains on their own, and coming back shows the presenter's training again.
  @Test func aFollowersOwnTrainingIsAnotherOne() throws {
    var follower = try follower()
    let course = try presenting(130)
    let view = try received(course.app.shared)
    follower.send(.news(Follower.SharedNews(content: .view(view))))
    follower.send(.event(.key(.enter)))
    #expect(!follower.isFollowing && follower.standingWork.count == 1)
    #expect(text(follower).contains("The training begins"))
    follower.send(.event(.key(.char("w"))))
    #expect(follower.standingWork.isEmpty && text(follower).contains("step 130/600"))
  }

  /// The lesson's longest race fits into a message; one that does not is left out, and the rest still comes.
  @Test func aPictureIsNeverLongerThanWhatIsRead() throws {
    var view = try #require(try presenting(600).app.shared)
    let whole = ClassroomMessage.picture(view)
    #expect(whole.count < ClassroomMessage.longest && whole.count > 10_000)
    view.training = SharedTraining(progress(20_000, of: 20_000, every: 100), isRunning: true)
    view.panel = .text("t", String(repeating: "x", count: 70_000))
    let short = ClassroomMessage.picture(view)
    #expect(short.count < 2000)
    let seen = try received(view)
    #expect(seen.training == nil && seen.panel == nil && seen.step == view.step)
    view.training = SharedTraining(progress(100), isRunning: true)
    #expect(try received(view).training == view.training)
  }

  @Test func numbersThatMakeNoSenseAreLeftOut() throws {
    var course = try presenting(60)
    var shared = try #require(course.app.shared?.training)
    shared.checkEvery = 0
    shared.steps = -3
    shared.seconds = .nan
    shared.lanes[0].losses += [.nan, .infinity]
    shared.lanes[1].fault = "diverged"
    shared.lanes[1].checks[1].averagePrecision = -.infinity
    shared.lanes[1].checks[1].found = [
      .init(edges: [1, 2], score: 0.9, classIndex: 0),
      .init(edges: [1, 2, .nan, 4], score: 0.9, classIndex: 0),
      .init(edges: [1, 2, 1e30, 4], score: 0.9, classIndex: 0),
      .init(edges: [1, 2, 3, 4], score: .nan, classIndex: 99),
    ]
    for show in 0..<3 {
      var view = try #require(course.app.shared)
      view.training = shared
      view.chosen[view.chosen.count - 1] = show
      var follower = try follower()
      follower.send(.news(Follower.SharedNews(content: .view(try received(view)))))
      #expect(follower.stage.told?.progress?.lanes[0].losses.count == 60)
      #expect(follower.stage.told?.progress?.lanes[1].checks[1].detections.isEmpty == true)
      #expect(text(follower).contains("Fine-tuning"))
    }
    course.press(.enter)
    #expect(course.app.shared?.training?.isRunning == false)
  }

  /// Hundreds of states a second, and one who never reads: the newest arrives, and publishing waits for nobody.
  @Test func theNewestStateArrivesOverASocket() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/room/present.sock"
    let server = try PresenterServer(path: path)
    let ended = DispatchGroup()
    DispatchQueue.global().async(group: ended) { server.serve { _ in } }
    let stuck = try ClassroomSocket.connect(to: path)
    defer { close(stuck) }
    let hello = ClassroomMessage(role: "follow").line
    #expect(Glibc.send(stuck, hello, hello.count, 0) == hello.count)
    let latest = Mutex<SharedView?>(nil)
    let listening = Task {
      await PresenterClient.follow(at: path) { news in
        if case .view(let view) = news { latest.withLock { $0 = view } }
      }
    }
    var course = try presenting(1)
    var view = try #require(course.app.shared)
    for done in 1...600 {
      view.training = SharedTraining(progress(done), isRunning: done < 600)
      server.publish(view)
    }
    while latest.withLock({ $0?.training }) != view.training { await Task.yield() }
    listening.cancel()
    await listening.value
    server.stop()
    ended.wait()
    // What came is drawn like what the presenter draws.
    course = try presenting(600)
    var follower = try follower()
    let seen = try #require(latest.withLock { $0 })
    follower.send(.news(Follower.SharedNews(content: .view(seen))))
    #expect(text(follower) == course.canvas.text)
  }
}
