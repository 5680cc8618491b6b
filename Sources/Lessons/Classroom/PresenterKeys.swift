import TUI

/// The one table of a presenter's keys: the loop, the bottom line, help and the README read it.
enum PresenterKeys {
  /// What a key does to a talk.
  enum Act: Sendable, Hashable {
    case next, back, all, blank, big, jump, pane, notes, up, down, language, keys, quit
    /// Ask the room the step's question; then close a show of hands, or go on.
    case ask, close
    case nextChoice, previousChoice, deleteDigit, showFirst, tell, leaveVote
  }

  /// What has the keys.
  enum Place: Sendable, Hashable, CaseIterable {
    /// The notes.
    case notes
    /// The figure or the question of the slide.
    case slide
    /// An open vote, with no answer marked.
    case vote
    /// The count of one answer's hands.
    case counting
    /// A vote between its shows of hands, while the room talks.
    case between
    /// A vote whose counts are shown.
    case shown
  }

  /// A row: keys, what they do, what it is called, and where.
  struct Row {
    let keys: [Key]
    let act: Act
    let label: Localized
    let places: Set<Place>
    let rank: Int

    init(_ keys: [Key], _ act: Act, _ label: Localized, _ places: Set<Place>, rank: Int) {
      self.keys = keys
      self.act = act
      self.label = label
      self.places = places
      self.rank = rank
    }
  }

  private static let talk: Set<Place> = [.notes, .slide]
  private static let open: Set<Place> = [.vote, .counting]
  private static let votes: Set<Place> = [.vote, .counting, .between, .shown]
  private static let everywhere = Set(Place.allCases)

  /// Every row.
  ///
  /// On the slide lower-case letters and arrows belong to the figure and the question.
  static let rows: [Row] = [
    Row([.pageDown], .next, Localized("next", "下一步"), talk, rank: 1),
    Row([.space, .right, .enter], .next, Localized("next", "下一步"), [.notes], rank: 1),
    Row([.pageUp], .back, Localized("back", "上一步"), talk, rank: 2),
    Row([.left, .backspace], .back, Localized("back", "上一步"), [.notes], rank: 2),
    Row([.pageUp], .back, Localized("back", "上一步"), [.counting], rank: 8),
    Row(
      [.pageUp, .backspace], .back, Localized("back", "上一步"), [.vote, .between, .shown],
      rank: 8),
    Row([.char("A")], .ask, Localized("ask the room", "请大家举手"), talk, rank: 3),
    Row([.enter], .close, Localized("close, go on", "结束这一轮，继续"), votes, rank: 1),
    Row(
      [.space, .down], .nextChoice, Localized("next option", "下一个选项"), open, rank: 3),
    Row([.up], .previousChoice, Localized("option before", "上一个选项"), open, rank: 9),
    Row(
      [.backspace], .deleteDigit, Localized("delete", "删除"), [.counting], rank: 6),
    Row(
      [.char("V")], .showFirst, Localized("show the first count", "公布第一次结果"), [.between], rank: 5),
    Row(
      [.char("S")], .tell, Localized("tell the answer", "公布答案"), votes.subtracting([.shown]),
      rank: 4),
    Row([.escape], .leaveVote, Localized("leave the vote", "离开举手"), votes, rank: 4),
    Row([.tab], .pane, Localized("slide or notes", "画面或备注"), talk, rank: 3),
    Row([.char("S")], .all, Localized("show all", "全部显示"), talk, rank: 4),
    Row([.char("B"), .char(".")], .blank, Localized("blank", "黑屏"), everywhere, rank: 5),
    Row([.char("Z")], .big, Localized("big figure", "放大图"), talk, rank: 6),
    Row([.char("J")], .jump, Localized("jump", "跳转"), talk, rank: 7),
    Row([.up, .char("k")], .up, Localized("scroll notes", "滚动备注"), [.notes], rank: 9),
    Row([.down, .char("j")], .down, Localized("scroll notes", "滚动备注"), [.notes], rank: 9),
    Row([.escape], .notes, Localized("notes", "备注"), talk, rank: 9),
    Row([.char("L")], .language, Localized("中文", "English"), everywhere, rank: 8),
    Row([.char("?"), .function(1)], .keys, Localized("keys", "按键"), everywhere, rank: 0),
    Row([.char("q"), .ctrl("c")], .quit, Localized("quit", "退出"), everywhere, rank: 2),
  ]

  /// Keys of a kind rather than single ones, which the table cannot list.
  enum Many: Sendable, CaseIterable {
    /// Letters mark an option everywhere in a vote, digits while none is marked.
    case marks
    /// Digits count the marked option's hands.
    case counts
    /// What the slide takes to go from its question to its figure, since the other key for that goes to the notes.
    case parts

    /// What they are called and what they do.
    var words: (keys: String, label: Localized, place: Place, rank: Int) {
      switch self {
      case .marks: ("a-i 1-9", Localized("show option", "显示选项"), .vote, 99)
      case .counts: ("0-9", Localized("count its hands", "输入举手人数"), .counting, 99)
      case .parts:
        (Key.backTab.name, Localized("next pane", "下一栏"), .slide, 96)
      }
    }
  }

  /// What a key does; nil if it is left to the slide.
  static func act(for key: Key, in place: Place) -> Act? {
    rows.first { $0.keys.contains(key) && $0.places.contains(place) }?.act
  }

  /// The bottom line and the help.
  static func hints(in place: Place, _ language: Language) -> [KeyHint] {
    var shown: Set<Act> = []
    let many = Many.allCases.map(\.words).filter { $0.place == place }.map {
      KeyHint(key: $0.keys, label: $0.label[language], rank: $0.rank)
    }
    return many
      + rows.filter { $0.places.contains(place) && shown.insert($0.act).inserted }.map { row in
        let keys = rows.filter { $0.act == row.act && $0.places.contains(place) }.flatMap(\.keys)
        return KeyHint(
          key: (place == .notes && row.act == .next ? Key.space : keys[0]).name,
          label: row.label[language],
          rank: row.rank == 0 ? .max : 100 - row.rank)
      }
  }
}
