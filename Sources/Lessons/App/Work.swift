import ViTDetMini

/// A piece of work outside the screen's thread: a value that can be run anywhere and answers with messages.
///
/// The loop runs it as a task; whatever renders screens without a terminal runs it in place.
enum Work: Sendable {
  /// `isWhole` asks for all stages at once.
  case figure(FigureRequest, Laboratory, TrainingProgress?, isWhole: Bool)
  case fill(LessonStepKey, Step, ModelFacts, Observation?, seed: UInt64)
  case source(SourceSpec, LessonsDirectory)

  /// Runs it; takes a moment.
  func results() -> [App.Message] {
    switch self {
    case .figure(let request, let laboratory, let progress, let isWhole):
      do {
        let figure =
          try isWhole && progress == nil
          ? FigureCatalog.figure(request, laboratory: laboratory)
          : FigureCatalog.stage(of: request, laboratory: laboratory, progress: progress)
        return [.figure(request, figure)]
      } catch {
        return [.noFigure(request, "\(error)")]
      }
    case .fill(let key, let step, let facts, let observation, let seed):
      return Self.fill(key, step, facts, observation, seed)
    case .source(let spec, let directory):
      let found = SourceIndex(directory: directory.source).declaration(named: spec.symbol)
      return [.source(spec, found)]
    }
  }

  private static func fill(
    _ key: LessonStepKey, _ step: Step, _ facts: ModelFacts, _ observation: Observation?,
    _ seed: UInt64
  ) -> [App.Message] {
    do {
      let filled = try Filling(facts: facts, language: key.language).fill(step)
      var session: ItemSession?
      for case .item(let item) in filled.blocks {
        session = try ItemSession(item, in: facts, seed: seed)
      }
      var messages: [App.Message] = [.filled(key, filled, session)]
      if let observation, case .number(let truth) = try observation.until.evaluate(in: facts),
        truth != 0
      {
        messages.append(.observed(observation.id))
      }
      return messages
    } catch {
      return [.notFilled(key, "\(error)")]
    }
  }
}

/// What the present state waits for.
extension App {
  /// Takes the work that is needed and not yet under way.
  ///
  /// An unfinished figure is asked for again as long as it is on the screen: whoever leaves it so ends its measurements.
  mutating func takeWork() -> [Work] {
    guard case .lesson(var lesson) = screen else { return [] }
    var work: [Work] = []
    if let request = lesson.request, !waitsForTimes {
      let progress = run(of: lesson)?.progress
      if figures.begin(request, version: progress.map(shownVersion) ?? 0) {
        work.append(.figure(request, laboratory, progress, isWhole: isStill))
      }
    }
    if lesson.needsFilling {
      let key = lesson.fillKey
      lesson.isFilling = key
      let open = lesson.observation.flatMap { lesson.observed.contains($0.id) ? nil : $0 }
      work.append(.fill(key, lesson.step, facts(for: lesson), open, seed: seed))
    }
    if let wanted = lesson.wantedSource {
      lesson.wantedSource = nil
      work.append(.source(wanted, directory))
    }
    screen = .lesson(lesson)
    return work
  }

  /// What the step's expressions read: the model under the figure's knobs, and the token in focus.
  func facts(for lesson: LessonState) -> ModelFacts {
    var knobs = lesson.settings.mapValues { setting in
      Double(setting).map(Value.number) ?? .text(setting)
    }
    knobs["focus"] = .token(lesson.focus)
    return ModelFacts(configuration: laboratory.configuration, knobs: knobs, laboratory: laboratory)
  }
}

extension Laboratory {
  /// The model's sizes, without measuring anything.
  var sizes: ModelFacts {
    ModelFacts(configuration: configuration, laboratory: self)
  }
}
