import TUI

extension ClassScreen {
  /// What a key does.
  enum Act: Sendable, Hashable {
    /// Down so many rows of the list, or lines of the details.
    case move(Int)
    /// So many rows further, also with the details open.
    case turn(Int)
    case open, close, tab, order, language, keys, quit
  }

  /// The one table of keys: what acts, the bottom line and the help.
  var keys: KeyTable<Act> {
    Self.keys(isOpen: isOpen, tab: tab, page: max(size.rows - 10, 1), language)
  }

  /// The table in a state.
  ///
  /// - Parameters:
  ///   - isOpen: Whether all that is known of a row is shown.
  ///   - tab: What is listed.
  ///   - page: How many rows a page has.
  ///   - language: The language of the labels.
  /// - Returns: The table; the rows are the same in every state.
  static func keys(isOpen: Bool, tab: Tab, page: Int, _ language: Language) -> KeyTable<Act> {
    let back = Localized("Go back to the list for that.", "请先返回列表。")
    let nothingOpen = Localized("No details are open.", "没有打开的详情。")
    func row(
      _ keys: [Key], _ en: String, _ zh: String, _ act: Act?, shown: String? = nil, rank: Int
    ) -> KeyBinding<Act> {
      KeyBinding(
        keys, Localized(en, zh)[language], act, shownKey: shown,
        offReason: isOpen ? back[language] : nothingOpen[language], rank: rank)
    }
    let arrows = Localized("Arrows", "方向键")[language]
    let move = isOpen ? Localized("scroll", "滚动") : Localized("move", "移动")
    let all: [KeyBinding<Act>] = [
      row([.enter, .space], "details", "详情", isOpen ? nil : .open, rank: 90),
      row([.escape], "back", "返回", isOpen ? .close : nil, rank: 90),
      row(
        [.tab, .backTab], tab == .questions ? "learners" : "questions",
        tab == .questions ? "学员" : "题目", isOpen ? nil : .tab, rank: 80),
      row([.up, .char("k")], move.en, move.zh, .move(-1), shown: arrows, rank: isOpen ? 85 : 50),
      row([.down, .char("j")], "", "", .move(1), rank: 50),
      row(
        [.right, .pageDown], isOpen ? "next" : "page", isOpen ? "下一个" : "翻页",
        .turn(isOpen ? 1 : page), rank: isOpen ? 80 : 20),
      row([.left, .pageUp], "", "", .turn(isOpen ? -1 : -page), rank: 20),
      row([.home], "", "", .turn(-1_000_000), rank: 10),
      row([.end], "", "", .turn(1_000_000), rank: 10),
      row([.char("s")], "order", "排序", isOpen ? nil : .order, rank: 60),
      row([.char("L")], "中文", "English", .language, rank: 40),
      row([.char("?"), .function(1)], "keys", "按键", .keys, rank: .max),
      row([.char("q"), .ctrl("c")], "quit", "退出", .quit, rank: 95),
    ]
    return KeyTable(all)
  }
}
