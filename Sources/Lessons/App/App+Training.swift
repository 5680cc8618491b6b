public import TUI
internal import ViTDetMini

/// Training behind a figure: started by the learner, run off the screen's thread, shown as it goes.
extension App {
  /// The training that runs now: the one of the figure on the screen, if the learner wants it and it is not done.
  ///
  /// Whoever leaves the figure so cancels it, and on return it goes on from where it was.
  public var standingWork: [String: Effect<Message>] { standingWork { $0 } }

  /// The same for a program that the course is a part of, with messages of its own.
  func standingWork<Outer: Sendable>(
    as wrap: @escaping @Sendable (Message) -> Outer
  ) -> [String: Effect<Outer>] {
    guard told == nil, case .lesson(let lesson) = screen, let request = lesson.request,
      let key = TrainingKey(request), let run = runs[key], run.isWanted
    else { return [:] }
    let (laboratory, progress) = (laboratory, run.progress)
    return [
      key.text: { mailbox in
        do {
          let trainer = try FigureCatalog.trainer(request, laboratory: laboratory)
          for try await now in trainer.run(from: progress) {
            mailbox.post(wrap(.trained(key, now)))
          }
        } catch {
          mailbox.post(wrap(.notTrained(key, "\(error)")))
        }
      }
    ]
  }

  /// The training of the figure on the screen; nil if it has none, or none was started.
  func run(of lesson: LessonState) -> TrainingRun? {
    lesson.request.flatMap(TrainingKey.init).flatMap { told ?? runs[$0] }
  }

  /// Starts, pauses, goes on, or begins again what is done.
  mutating func toggleTraining(_ key: TrainingKey) {
    var run = runs[key] ?? TrainingRun()
    if run.isFinished || run.fault != nil { run = TrainingRun() }
    run.isWanted.toggle()
    runs[key] = run
  }

  /// Puts the knobs of the step's figure where its latest training has them, if that is not done.
  mutating func returnToTraining() {
    let runs = runs
    withLesson { lesson in
      guard let spec = lesson.figureSpec else { return }
      let knobs = runs.unfinishedKnobs(of: spec.name)
      for (index, knob) in spec.knobs.enumerated() where lesson.chosen.indices.contains(index) {
        guard let setting = knobs[knob.name], let place = knob.settings.firstIndex(of: setting)
        else { continue }
        lesson.chosen[index] = place
      }
    }
  }

  /// Takes what a training tells; late words of one that was cancelled add nothing.
  mutating func take(_ progress: TrainingProgress, of key: TrainingKey) {
    guard var run = runs[key], progress.version > run.progress?.version ?? -1 else { return }
    run.progress = progress
    if run.isFinished { run.isWanted = false }
    runs[key] = run
  }

  /// Takes the reason why a training ended early.
  mutating func take(trainingFault reason: String, of key: TrainingKey) {
    guard var run = runs[key] else { return }
    run.isWanted = false
    run.fault = reason
    runs[key] = run
    notice = reason
  }

  /// Which of a training's versions is shown: each, or where nothing may move by itself the first of each tenth.
  func shownVersion(_ progress: TrainingProgress) -> Int {
    guard isStill, progress.stepsDone < progress.steps else { return progress.version }
    return progress.stepsDone * 10 / max(progress.steps, 1)
  }

  /// What the status line says of a training.
  func trainingStatus(_ run: TrainingRun) -> String? {
    guard let progress = run.progress else {
      return run.isWanted ? Phrases.trainingBegins[language] : nil
    }
    let place = "\(progress.stepsDone)/\(progress.steps)"
    if run.isFinished {
      return Localized("Trained: step \(place).", "训练完成：第 \(place) 步。")[language]
    }
    guard run.isWanted else {
      return Localized("Paused at step \(place).", "已在第 \(place) 步暂停。")[language]
    }
    if isStill {
      let tenths = progress.stepsDone * 10 / max(progress.steps, 1)
      return Localized("Training: \(tenths * 10) %.", "正在训练：\(tenths * 10)%。")[language]
    }
    let left = progress.secondsLeft.map(Self.clock)
    return Localized(
      "Training: step \(place)" + (left.map { ", \($0) left" } ?? "") + ".",
      "正在训练：第 \(place) 步" + (left.map { "，还需 \($0)" } ?? "") + "。")[language]
  }

  /// Minutes and seconds: 1:05.
  private static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
