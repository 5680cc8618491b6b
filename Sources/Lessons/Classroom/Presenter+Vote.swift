import TUI

/// Asking the room: the steps of a vote, and what is kept of it.
extension Presenter {
  /// Asks the room the step's question.
  mutating func ask() {
    guard let lesson else { return }
    guard let item = lesson.step.question else {
      stage.notice = Phrases.nothingToAsk[stage.language]
      return
    }
    if lesson.revealed != nil { stage.reveal(first: false) }
    guard let session = self.lesson?.sessions[item.id] else {
      stage.notice = Phrases.computing[stage.language]
      return
    }
    guard let ballot = session.ballot(stage.language) else {
      stage.notice = item.kind.rules.whyNoBallot[stage.language]
      return
    }
    if session.isCommitted {
      stage.withSession { $0.retry() }
      stage.withLesson { $0.resetFigure() }
    }
    stage.isBig = false
    stage.vote = RoomVote(item: item.id, choices: ballot.choices.count)
  }

  /// Closes a show of hands and keeps it, or goes on to what comes next.
  mutating func goOnWithVote() {
    guard var vote = stage.vote else { return }
    keepOpenRound(of: vote)
    if vote.goOn() {
      stage.vote = vote
    } else {
      stage.vote = nil
      stage.showModelsAnswer()
    }
  }

  /// Tells the answer now, after one show of hands or before any.
  mutating func tellVote() {
    guard var vote = stage.vote else { return }
    keepOpenRound(of: vote)
    vote.tell()
    stage.vote = vote
  }

  /// Goes back to correct a count; from the first show back to the step.
  mutating func goBackInVote() {
    if stage.vote?.goBack() == false { stage.vote = nil }
  }

  /// What the keys that mark and count do; false for any other key.
  mutating func countHands(_ key: Key) -> Bool {
    guard let vote = stage.vote, vote.open != nil, case .char(let character) = key,
      let code = character.asciiValue
    else { return false }
    switch code {
    case UInt8(ascii: "a")...UInt8(ascii: "i"):
      stage.vote?.mark(Int(code - UInt8(ascii: "a")))
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digit = Int(code - UInt8(ascii: "0"))
      if vote.marked == nil { stage.vote?.mark(digit - 1) } else { stage.vote?.type(digit) }
    default: return false
    }
    return true
  }

  /// Takes all counts of the open show, from a remote.
  mutating func takeHands(_ counts: [Int]) {
    if stage.vote?.count(counts) != true {
      stage.notice = Phrases.noSuchCounts[stage.language]
    }
  }

  /// Writes the show of hands that ends now, unless nobody was counted.
  private mutating func keepOpenRound(of vote: RoomVote) {
    guard let round = vote.open, let lesson, let ballot = stage.ballot else { return }
    guard vote.hands[round].contains(where: { $0 > 0 }) else {
      stage.notice = Phrases.nobodyCounted[stage.language]
      return
    }
    unkept.append(
      ProgressEvent(
        round: round + 1, hands: ProgressEvent.Hands.list(vote.hands[round], for: ballot),
        item: vote.item, chapter: lesson.chapter.id, session: stage.sessionID,
        language: stage.language))
  }
}

extension App {
  /// Commits what the model says, so that the step shows why.
  mutating func showModelsAnswer() {
    withSession { session in
      session.fillRightly()
      session.commit()
    }
    finishCommit()
  }
}

/// What a presenter alone sees of a vote, in place of the notes.
struct VoteNotes {
  let vote: RoomVote
  let ballot: Ballot
  let language: Language
  let glyphs: Glyphs

  /// The lines: what to do, the counts, what they mean, and which rules led to them.
  func lines(columns: Int) -> [[Run]] {
    let prose = ProseLines(columns: columns, glyphs: glyphs)
    var lines = prose.wrapped([Run(todo[language], .strong)], columns)
    lines += prose.wrapped(counts, columns)
    if let advice { lines += prose.wrapped([Run(advice[language], .notice)], columns) }
    let round = latest
    let wrong = ballot.choices.indices.filter {
      !ballot.choices[$0].isRight && ballot.choices[$0].misconception != nil
        && vote.hands[round][$0] > 0
    }
    for index in wrong.sorted(by: { vote.hands[round][$0] > vote.hands[round][$1] }) {
      let name = ballot.choices[index].misconception ?? ""
      let words = "\(OptionLetter.text(index))  \(vote.hands[round][index])  \(name)"
      lines += prose.wrapped([Run(words, .text)], columns)
    }
    return lines
  }

  private var latest: Int { vote.open ?? (vote.phase == .talk || !vote.hasSecond ? 0 : 1) }

  private var todo: Localized {
    switch vote.phase {
    case .first, .second:
      vote.marked == nil
        ? Localized(
          "Read the options aloud; show each one and count its hands.", "逐个念出选项；显示一个，数一次举手的人。")
        : Localized("Type how many raise their hands for it.", "输入举手的人数。")
    case .talk:
      Localized(
        "The count is yours alone. Give them two minutes, then open the second vote.",
        "结果只有你看得到。给大家两分钟讨论，然后开始第二次举手。")
    case .counted:
      Localized("The room sees both counts, not yet what is right.", "大家看到两次结果，还看不到答案。")
    case .told:
      Localized(
        "Ask somebody who changed for the reason; then show what the model does.",
        "请改变答案的同学说说原因，再看模型怎么做。")
    }
  }

  /// `a 12  b +25_  c 3  = 40`, the right one marked.
  private var counts: [Run] {
    var runs = [Run]()
    for (index, choice) in ballot.choices.enumerated() {
      let isMarked = vote.open != nil && vote.marked == index
      let mark = choice.isRight ? "\(glyphs.right)" : ""
      let before = latest == 1 ? "\(vote.hands[0][index])\(glyphs.isASCII ? "->" : "→")" : ""
      let text =
        "\(OptionLetter.text(index))\(mark) \(before)\(vote.hands[latest][index])\(isMarked ? "_" : "")"
      runs += [
        Run(text, isMarked ? .selected : choice.isRight ? .right : .text), Run("   ", .text),
      ]
    }
    let total = vote.hands[latest].reduce(0, +)
    if !ballot.allowsSeveral { runs.append(Run("= \(total)", .dim)) }
    return runs
  }

  /// What the share of right answers at the first show suggests.
  ///
  /// Source: Crouch and Mazur 2001, American Journal of Physics 69(9): talking helps most in the middle.
  private var advice: Localized? {
    let counts = vote.hands[0]
    let total = counts.reduce(0, +)
    guard vote.phase == .talk, !ballot.allowsSeveral, total > 0 else { return nil }
    let right = zip(ballot.choices, counts).reduce(0) { $0 + ($1.0.isRight ? $1.1 : 0) }
    switch Double(right) / Double(total) {
    case ..<0.3:
      return Localized(
        "Few have it: show a hint or the figure before they talk.", "答对的人少：先给一条提示或看看图，再讨论。")
    case 0.7...:
      return Localized(
        "Most have it: tell the answer, and ask one of them why.", "多数人答对了：公布答案，请一位同学说说原因。")
    default:
      return Localized(
        "Enough have it to convince the others: let them talk.", "答对的人足够多，能说服别人：让大家讨论。")
    }
  }
}
