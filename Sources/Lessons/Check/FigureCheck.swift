internal import ViTDetMini

extension CourseCheck {
  /// Figures and knobs that the catalogue does not have, and figures whose legends do not hold their data.
  func figures(in step: Step, of chapter: Chapter) -> [LessonError] {
    step.figures.flatMap { spec -> [LessonError] in
      let experiment: Experiment
      do {
        experiment = try FigureCatalog.experiment(spec.name)
      } catch {
        let near = closest(to: spec.name, in: FigureCatalog.names)
        return [
          chapter.error(
            spec.line, 1, "there is no figure '\(spec.name)'",
            near.map { "did you mean '\($0)'?" }
              ?? "the figures are \(FigureCatalog.names.joined(separator: " "))")
        ]
      }
      let knobs = spec.knobs.flatMap { faults(of: $0, in: experiment, spec, chapter) }
      return knobs.isEmpty ? drawn(spec, of: chapter) : knobs
    }
  }

  private func faults(
    of knob: Knob, in experiment: Experiment, _ spec: FigureSpec, _ chapter: Chapter
  ) -> [LessonError] {
    guard let known = experiment.knobs.first(where: { $0.name == knob.name }) else {
      let names = experiment.knobs.map(\.name).joined(separator: ", ")
      return [
        chapter.error(
          spec.line, 1, "the figure '\(spec.name)' has no knob '\(knob.name)'",
          names.isEmpty ? "it has none" : "it has \(names)")
      ]
    }
    return knob.settings.filter { !known.accepts($0) }.map { setting in
      chapter.error(
        spec.line, 1, "the knob '\(knob.name)' cannot be '\(setting)'",
        "it takes \(known.acceptedText)")
    }
  }

  /// Computes the figure as the step starts it, and compares its legend with its data.
  private func drawn(_ spec: FigureSpec, of chapter: Chapter) -> [LessonError] {
    guard let laboratory else { return [] }
    var focus = Token(row: 0, column: 0)
    if let facts = environment(of: chapter, spec),
      case .token(let token)? = try? spec.focus?.evaluate(in: facts)
    {
      focus = token
    }
    var problems: [LessonError] = []
    for view in 0..<FigureCatalog.viewCount(spec.name) {
      let request = FigureRequest(
        name: spec.name, knobs: spec.startSettings, focus: focus, view: view,
        language: chapter.language)
      do {
        let figure = try FigureCatalog.figure(request, laboratory: laboratory)
        problems += Self.faults(of: figure).map { fault in
          chapter.error(spec.line, 1, "figure '\(spec.name)': \(fault)")
        }
      } catch {
        problems.append(chapter.error(spec.line, 1, "figure '\(spec.name)': \(error)"))
      }
    }
    return problems
  }

  /// What a figure's content says about itself that is not so.
  static func faults(of figure: Figure) -> [String] {
    var faults: [String] = []
    if figure.title.isEmpty || figure.sentence.isEmpty {
      faults.append("it has no title or sentence")
    }
    if case .image(let image) = figure.body {
      faults += image.boxes.filter { !$0.box.isFinite }.map { "the box \($0.letter) has no place" }
    }
    guard case .grid(let grid) = figure.body else { return faults }
    switch grid.cells {
    case .heat(let values, let range):
      if values.count != grid.rows * grid.columns {
        faults.append("\(values.count) values for \(grid.rows)×\(grid.columns) cells")
      }
      if let outside = values.first(where: { !range.contains($0) }) {
        faults.append("the value \(outside) lies outside the legend's \(range)")
      }
    case .classes(let classes, let letters):
      if classes.count != grid.rows * grid.columns {
        faults.append("\(classes.count) letters for \(grid.rows)×\(grid.columns) cells")
      }
      if let outside = classes.first(where: { !letters.indices.contains($0) }) {
        faults.append("class \(outside) has no letter")
      }
    }
    if let focus = grid.focus,
      !(0..<grid.rows).contains(focus.row) || !(0..<grid.columns).contains(focus.column)
    {
      faults.append("the focus (\(focus.row),\(focus.column)) lies outside the grid")
    }
    return faults
  }
}
