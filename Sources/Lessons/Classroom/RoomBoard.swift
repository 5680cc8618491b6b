import TUI

/// What the room sees of a vote: what is asked, the answers as large as there is room for, and the counts that are shown.
struct RoomBoard {
  let vote: RoomVote
  let ballot: Ballot
  let item: Item
  let language: Language
  let glyphs: Glyphs
  let misconceptions: [String: Misconception]

  /// How much room the answers take; the widest that fits is drawn.
  private enum Room: CaseIterable {
    /// Counts below the answers, the rules behind them, and empty rows between.
    case wide
    /// The same without empty rows.
    case close
    /// The names of the rules only.
    case named
    /// A row an answer.
    case rows
  }

  /// The longest line; what is longer is hard to read from afar.
  private static let widest = 110

  /// The lines, at most so many unless even the shortest form has more.
  func lines(columns: Int, rows: Int) -> [[Run]] {
    let columns = min(columns, Self.widest)
    let heads = [head(columns), Array(head(columns).prefix(2)), []]
    for room in Room.allCases {
      for head in room == .rows ? heads : [heads[0]] {
        let answers = answers(room, columns: columns)
        let needed = head.count + answers.reduce(0) { $0 + $1.count }
        guard needed <= rows || (room == .rows && head.isEmpty) else { continue }
        // What is left is shared out among the gaps.
        let gap = room == .wide ? min((rows - needed) / max(answers.count, 1), 2) : 0
        return head + answers.flatMap { $0 + Array(repeating: [], count: gap) }
      }
    }
    return []
  }

  private func head(_ columns: Int) -> [[Run]] {
    let prose = ProseLines(columns: columns, glyphs: glyphs)
    var lines = prose.wrapped(
      [Run(title[language] + "  ", .prompt), Run(act[language], .text)], columns)
    lines += [[]] + prose.lines(item.prompt) + [[]]
    return lines
  }

  private var title: Localized {
    switch vote.phase {
    case .first: Localized("FIRST VOTE", "第一次举手")
    case .talk: Localized("TALK", "讨论")
    case .second: Localized("SECOND VOTE", "第二次举手")
    case .counted, .told: Localized("THE VOTES", "举手结果")
    }
  }

  private var act: Localized {
    switch vote.phase {
    case .first, .second:
      ballot.allowsSeveral
        ? Localized("Raise a hand for each that holds.", "每一项成立的都请举手。")
        : Localized("Raise a hand once.", "每人只举一次手。")
    case .talk:
      Localized("Find somebody who answered otherwise; convince each other.", "找一位答案不同的同学，互相说服。")
    case .counted, .told:
      vote.hasSecond
        ? Localized("Before the talk, after it, and what changed.", "讨论之前、讨论之后，以及变化。")
        : Localized("Asked once.", "只问了一次。")
    }
  }

  private func answers(_ room: Room, columns: Int) -> [[[Run]]] {
    ballot.choices.enumerated().map { index, choice in
      let isMarked = vote.marked == index
      let isTold = vote.phase == .told
      let role: Role = isMarked ? .selected : isTold && choice.isRight ? .right : .strong
      let mark =
        isTold ? (choice.isRight ? glyphs.right : " ") : isMarked ? glyphs.pointer : " "
      let lead = "\(mark) \(OptionLetter.text(index))  "
      let width = TextWidth.columns(of: lead)
      let prose = ProseLines(columns: columns - width, glyphs: glyphs)
      let words = prose.runs(choice.words, base: role).map { Run($0.text, role) }
      let name = isTold ? choice.misconception : nil
      if room == .rows { return [row(words, lead, role, index, name, columns)] }
      var lines = prose.wrapped(words, columns - width).enumerated().map { row, line in
        [Run(row == 0 ? lead : String(repeating: " ", count: width), role)] + line
      }
      let indent = Run(String(repeating: " ", count: width), .text)
      lines += vote.shown.map { [indent] + bar(index, round: $0, columns - width) }
      if let name {
        let rule = room == .named ? [] : misconceptions[name]?.rule.first.map { [$0] } ?? []
        let text = prose.lines(rule).first ?? []
        lines += prose.wrapped([Run("\(name)  ", .hint)] + text, columns - width).map {
          [indent] + $0
        }
      }
      return room == .wide ? lines + [[]] : lines
    }
  }

  /// The width of a row's bar, and the narrowest row that has one.
  private static let rowBar = (columns: 12, from: 70)

  /// One answer in one row: the words, and at the right the counts, with a bar for the newest.
  private func row(
    _ words: [Run], _ lead: String, _ role: Role, _ index: Int, _ name: String?, _ columns: Int
  ) -> [Run] {
    let counts = vote.shown.map { "\(vote.hands[$0][index])" }.joined(separator: " \(arrow) ")
    let right = [name.map { "\($0) " } ?? "", counts].joined()
    var bar: [Run] = []
    if let round = vote.shown.last, columns >= Self.rowBar.from {
      let filled = filled(vote.hands[round][index], width: Self.rowBar.columns)
      let rest = String(repeating: " ", count: Self.rowBar.columns - filled.count)
      bar = [Run(" " + filled, .barFill), Run(rest, .text)]
    }
    let used = ([lead, right] + bar.map(\.text)).reduce(2) { $0 + glyphs.columns(of: $1) }
    let text = glyphs.padded(words.map(\.text).joined(), to: max(columns - used, 0))
    return [Run(lead + text, role), Run("  " + right, .hint)] + bar
  }

  /// A bar as long as a count is beside the largest; one hand shows something.
  private func filled(_ count: Int, width: Int) -> String {
    let most = max(vote.shown.flatMap { vote.hands[$0] }.max() ?? 0, 1)
    return String(repeating: glyphs.painted, count: count > 0 ? max(count * width / most, 1) : 0)
  }

  private var arrow: String { glyphs.isASCII ? "->" : "→" }

  /// A round's number, a bar, the count, its share, and at the second round the change.
  private func bar(_ index: Int, round: Int, _ columns: Int) -> [Run] {
    let counts = vote.hands[round]
    let width = min(max(columns - 26, 8), 50)
    let full = filled(counts[index], width: width)
    var words = "  \(counts[index])"
    let total = counts.reduce(0, +)
    if !ballot.allowsSeveral, total > 0 {
      words += "  \(Int((Double(counts[index]) * 100 / Double(total)).rounded())) %"
    }
    if round == 1 {
      let change = counts[index] - vote.hands[0][index]
      words += "  (\(change > 0 ? "+" : "")\(change))"
    }
    return [
      Run("\(round + 1)  ", .dim), Run(full, .barFill),
      Run(String(repeating: " ", count: width - full.count) + words, .text),
    ]
  }
}

extension App {
  /// What a room can raise its hands for at the present question; nil before its numbers are known, or if nothing.
  var ballot: Ballot? {
    guard case .lesson(let lesson) = screen else { return nil }
    return lesson.session?.ballot(language)
  }

  /// Draws a vote in place of the step.
  func draw(_ vote: RoomVote, of lesson: LessonState, on canvas: inout Canvas) {
    drawHeader(lesson, on: &canvas)
    if let session = lesson.session, let ballot = session.ballot(language) {
      let board = RoomBoard(
        vote: vote.forAudience, ballot: ballot, item: session.item, language: language,
        glyphs: glyphs, misconceptions: course.misconceptions[language] ?? [:])
      let rows = max(canvas.size.rows - 4, 0)
      let lines = board.lines(columns: canvas.size.columns - 4, rows: rows)
      for (row, line) in lines.prefix(rows).enumerated() {
        canvas.write(line, row: row + 2, column: 2, limit: canvas.size.columns - 3)
      }
    }
    footer(on: &canvas)
  }
}
