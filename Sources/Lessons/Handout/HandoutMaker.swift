/// Executes the steps of a chapter for a hand-out.
struct HandoutMaker {
  private let run: ChapterRun
  private let source: SourceIndex
  private let misconceptions: [String: Misconception]
  private let hasAnswers: Bool

  init(_ chapter: Chapter, stage: Stage, hasAnswers: Bool) {
    run = ChapterRun(chapter: chapter, laboratory: stage.laboratory)
    source = SourceIndex(directory: stage.directory.source)
    misconceptions = stage.course.misconceptions[chapter.language] ?? [:]
    self.hasAnswers = hasAnswers
  }

  /// A step with its numbers and figures.
  func section(_ step: Step) throws -> Handout.Section {
    let filled = try run.filling(beside: step.figures.first).fill(step)
    var parts: [Handout.Part] = []
    for (block, original) in zip(filled.blocks, step.blocks) {
      switch block {
      case .prose(let prose): parts.append(.prose(prose))
      case .figure(let figure): parts.append(.figure(try shown(figure)))
      case .source(let spec): if let shown = shown(spec) { parts.append(.source(shown)) }
      case .observe:
        // From the file again: its numbers belong to the setting that it asks for.
        guard case .observe(let observation) = original else { continue }
        parts.append(.observation(try shown(observation, beside: step.figures.first)))
      case .item:
        guard case .item(let item) = original else { continue }
        parts.append(.question(try shown(item)))
      }
    }
    return Handout.Section(id: step.id, title: step.title, parts: parts)
  }

  private func shown(
    _ spec: FigureSpec, settings: [String: String]? = nil
  ) throws -> Handout.ShownFigure {
    let settings = settings ?? spec.startSettings
    return Handout.ShownFigure(
      figure: try run.figure(spec, settings: settings), settings: spec.turned(settings),
      caption: spec.caption)
  }

  private func shown(_ spec: SourceSpec) -> Handout.ShownSource? {
    source.declaration(named: spec.symbol).map { found in
      Handout.ShownSource(
        caption: spec.caption, place: "Sources/ViTDetMini/\(found.file):\(found.line)",
        text: found.text)
    }
  }

  private func shown(
    _ observation: Observation, beside figure: FigureSpec?
  ) throws -> Handout.ShownObservation {
    let settings = try run.settings(bringingAbout: observation, beside: figure)
    let filling = run.filling(beside: figure, settings: settings)
    var after: Handout.ShownFigure?
    if let figure, let settings {
      after = try shown(figure, settings: settings)
      // The caption stands below the figure as the step starts it.
      after?.caption = []
    }
    return Handout.ShownObservation(
      prompt: try filling.fill(observation.prompt), figure: after,
      explanation: try filling.fill(observation.explanation))
  }

  private func shown(_ item: Item) throws -> Handout.ShownQuestion {
    let filling = run.filling(beside: item.figure)
    let asked = try filling.fill(item)
    return Handout.ShownQuestion(
      id: item.id, isPrediction: item.isPrediction, prompt: asked.prompt,
      figure: try asked.figure.map { try shown($0) }, options: asked.kind.rules.listed(asked),
      form: item.kind.rules.form(item)[run.chapter.language], hints: asked.hints,
      key: hasAnswers ? try key(of: item, asked: asked, filling.facts) : nil)
  }

  private func key(of item: Item, asked: Item, _ facts: ModelFacts) throws -> AnswerKey {
    // The explanation is about what is shown after the commit, so its numbers are read beside that.
    let after = run.filling(beside: item.reveal ?? item.figure)
    var explained = asked
    explained.explanation = try after.fill(item.explanation)
    let words = FeedbackWords(misconceptions: misconceptions, language: run.chapter.language)
    var key = AnswerKey(try GradedItem(explained, in: facts), words: words)
    for index in key.right.indices {
      key.right[index].prose = try after.fill(key.right[index].prose)
    }
    for index in key.wrong.indices {
      for part in key.wrong[index].against.indices {
        let prose = key.wrong[index].against[part].prose
        key.wrong[index].against[part].prose = try after.fill(prose)
      }
    }
    key.reveal = try item.reveal.map { try shown($0) }
    key.reveal?.caption = []
    return key
  }
}
