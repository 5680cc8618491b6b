import TUI

/// The one table of a presenter's keys: the loop, the bottom line and help read it.
enum PresenterKeys {
  /// What a key does to a talk.
  enum Act: Sendable, Hashable {
    case next, back, all, blank, big, jump, pane, notes, up, down, language, keys, quit
  }

  /// A row: keys, what they do, what it is called, and whether it also acts while the slide has the keys.
  struct Row {
    let keys: [Key]
    let act: Act
    let label: Localized
    let onSlide: Bool
    let rank: Int
  }

  /// Every row.
  ///
  /// On the slide lower-case letters and arrows belong to the figure and the question.
  static let rows: [Row] = [
    Row(
      keys: [.pageDown], act: .next, label: Localized("next", "下一步"), onSlide: true, rank: 1),
    Row(
      keys: [.space, .right, .enter], act: .next, label: Localized("next", "下一步"), onSlide: false,
      rank: 1),
    Row(keys: [.pageUp], act: .back, label: Localized("back", "上一步"), onSlide: true, rank: 2),
    Row(
      keys: [.left, .backspace], act: .back, label: Localized("back", "上一步"), onSlide: false,
      rank: 2),
    Row(
      keys: [.tab], act: .pane, label: Localized("slide or notes", "画面或备注"), onSlide: true, rank: 3),
    Row(
      keys: [.char("S")], act: .all, label: Localized("show all", "全部显示"), onSlide: true, rank: 4),
    Row(
      keys: [.char("B"), .char(".")], act: .blank, label: Localized("blank", "黑屏"), onSlide: true,
      rank: 5),
    Row(
      keys: [.char("Z")], act: .big, label: Localized("big figure", "放大图"), onSlide: true, rank: 6),
    Row(keys: [.char("J")], act: .jump, label: Localized("jump", "跳转"), onSlide: true, rank: 7),
    Row(
      keys: [.up, .char("k")], act: .up, label: Localized("scroll notes", "滚动备注"), onSlide: false,
      rank: 9),
    Row(
      keys: [.down, .char("j")], act: .down, label: Localized("scroll notes", "滚动备注"),
      onSlide: false, rank: 9),
    Row(keys: [.escape], act: .notes, label: Localized("notes", "备注"), onSlide: true, rank: 9),
    Row(
      keys: [.char("L")], act: .language, label: Localized("中文", "English"), onSlide: true, rank: 8),
    Row(
      keys: [.char("?"), .function(1)], act: .keys, label: Localized("keys", "按键"), onSlide: true,
      rank: 0),
    Row(
      keys: [.char("q"), .ctrl("c")], act: .quit, label: Localized("quit", "退出"), onSlide: true,
      rank: 2),
  ]

  /// What a key does; nil if it is left to the slide.
  static func act(for key: Key, in pane: Presenter.Pane) -> Act? {
    rows.first { $0.keys.contains(key) && (pane == .notes || $0.onSlide) }?.act
  }

  /// The bottom line and the help.
  static func hints(in pane: Presenter.Pane, _ language: Language) -> [KeyHint] {
    var shown: Set<Act> = []
    return rows.filter { (pane == .notes || $0.onSlide) && shown.insert($0.act).inserted }.map {
      row in
      let keys = rows.filter { $0.act == row.act && (pane == .notes || $0.onSlide) }.flatMap(\.keys)
      return KeyHint(
        key: (pane == .notes && row.act == .next ? Key.space : keys[0]).name,
        label: row.label[language],
        rank: row.rank == 0 ? .max : 100 - row.rank)
    }
  }
}
