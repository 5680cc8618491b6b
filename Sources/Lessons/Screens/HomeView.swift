import TUI

/// The list of chapters, with the place to go on first.
extension App {
  func drawHome(on canvas: inout Canvas) {
    let rows = canvas.size.rows
    canvas.header(
      left: Phrases.courseTitle[language], right: language.name)
    var row = 2
    if let line = continueLine {
      canvas.write(
        [Run("\(canvas.glyphs.next) ", .accent), Run(line, .strong)],
        row: row, column: 1)
      row += 2
    }
    for (index, entry) in course.entries.enumerated() where row < rows - 3 {
      draw(entry, number: index, row: row, on: &canvas)
      row += 1
    }
    if course.entries.isEmpty {
      canvas.write(Phrases.noCourse[language], row: row, column: 1, style: Style(.error))
    }
    footer(on: &canvas)
  }

  /// «Continue 3 Window partition, step 4 of 9», or nothing before the first step.
  private var continueLine: String? {
    guard let last = progress.lastChapter, let place = progress.chapters[last],
      let entry = course[last], let chapter = entry[language].chapter,
      let index = chapter.steps.firstIndex(where: { $0.id == place.step })
    else { return nil }
    let count = chapter.steps.count
    return language == .en
      ? "\(Phrases.continueLine.en)   \(entry.number) \(chapter.title), step \(index + 1) of \(count)"
      : "\(Phrases.continueLine.zh)   \(entry.number) \(chapter.title)，第 \(index + 1) 步，共 \(count) 步"
  }

  private func draw(_ entry: Course.Entry, number: Int, row: Int, on canvas: inout Canvas) {
    let isSelected = number == selectedChapter
    let style = Style(isSelected ? .selected : .text)
    let width = canvas.size.columns
    if isSelected {
      canvas.fill(Rect(column: 1, row: row, columns: width - 2, rows: 1), style: style)
    }
    let mark = isSelected ? String(canvas.glyphs.pointer) : " "
    switch entry[language] {
    case .available(let chapter):
      let titleColumn = 6
      let stateColumn = min(max(width - 36, 26), 46)
      canvas.write(
        "\(mark) \(entry.number)", row: row, column: 1, style: style)
      canvas.write(
        canvas.glyphs.truncated(chapter.title, to: stateColumn - titleColumn - 2), row: row,
        column: titleColumn, style: style)
      canvas.write(state(of: chapter), row: row, column: stateColumn, style: style)
      let minutes = "\(chapter.minutes) \(Phrases.minutes[language])"
      canvas.write(
        minutes, row: row, column: width - 3 - TextWidth.columns(of: minutes), style: style)
    case .unavailable:
      canvas.write(
        "\(mark) \(entry.number)  \(entry.title(language))   \(Phrases.unavailable[language])",
        row: row, column: 1, style: isSelected ? style : Style(.error), limit: width - 2)
    }
  }

  /// «new», «4/9» while under way, and at the end how many questions were right at the first try.
  private func state(of chapter: Chapter) -> String {
    guard let place = progress.chapters[chapter.id],
      let index = chapter.steps.firstIndex(where: { $0.id == place.step })
    else { return Phrases.new[language] }
    let items = chapter.items
    let answered = items.filter { place.items[$0.id] != nil }
    if answered.count == items.count, !items.isEmpty {
      let right = items.filter { place.items[$0.id]?.firstTry == true }.count
      return "\(Phrases.done[language])   \(right)/\(items.count)"
    }
    return "\(index + 1)/\(chapter.steps.count)"
  }
}

extension Chapter {
  /// The chapter's questions, in order.
  var items: [Item] {
    steps.flatMap { step in
      step.blocks.compactMap { block in
        if case .item(let item) = block { return item }
        return nil
      }
    }
  }
}
