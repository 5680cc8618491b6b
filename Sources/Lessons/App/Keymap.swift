import TUI

/// The one table of keys: the loop, the bottom line, the help screen and the README read it.
struct Keymap {
  /// A row: keys, what they mean, what the bottom line calls it, and where it acts.
  struct Row {
    let keys: [Key]
    let intent: Intent
    let label: Localized
    let contexts: Set<KeyContext>
    /// The bottom line drops rows of high rank first.
    let rank: Int

    init(
      _ keys: [Key], _ intent: Intent, _ label: Localized, _ contexts: Set<KeyContext>,
      rank: Int = 5
    ) {
      self.keys = keys
      self.intent = intent
      self.label = label
      self.contexts = contexts
      self.rank = rank
    }
  }

  /// Where an answer is entered.
  private static let answering: Set<KeyContext> = [
    .choice, .multi, .number, .shape, .order, .paint, .firstPart, .secondPart, .confidence,
  ]
  private static let figures: Set<KeyContext> = [.figure, .idle, .training]
  private static let step = answering.union(figures).union([.prose, .answered, .knobs])
  private static let lists: Set<KeyContext> = [
    .choice, .multi, .order, .firstPart, .secondPart,
  ]
  /// Where letters choose.
  private static let lettered: Set<KeyContext> = [.choice, .multi, .firstPart, .secondPart]
  private static let typing: Set<KeyContext> = [.number, .shape]
  private static let reading: Set<KeyContext> = [.prose, .answered]
  private static let everywhere = Set(KeyContext.allCases)
  private static let open: Set<KeyContext> = everywhere.subtracting([.tooSmall, .confirmation])

  /// Every row; where two rows share a key, the first that acts in the context wins.
  static let rows: [Row] = [
    Row(
      [.enter], .enter, Localized("commit", "提交"), answering.subtracting([.firstPart]), rank: 1),
    Row([.enter], .enter, Localized("open", "打开"), [.home], rank: 1),
    Row([.char(" ")], .toggle, Localized("paint", "涂"), [.paint], rank: 1),
    Row([.char(" ")], .toggle, Localized("choose", "选择"), [.choice, .secondPart], rank: 9),
    Row([.enter, .char(" ")], .toggle, Localized("choose", "选择"), [.firstPart], rank: 1),
    Row([.char(" ")], .toggle, Localized("tick", "勾选"), [.multi], rank: 1),
    Row([.char(" ")], .toggle, Localized("pick up", "拿起"), [.order], rank: 1),
    Row([.char(" "), .enter], .toggle, Localized("drop", "放下"), [.holding], rank: 1),
    Row([.char("f"), .char("F")], .fillRow, Localized("fill row", "涂满一行"), [.paint], rank: 2),
    Row(
      [.up, .char("k")], .up, Localized("move", "移动"),
      lists.union(figures).union([.home, .paint, .knobs, .confidence]), rank: 8),
    Row(
      [.down, .char("j")], .down, Localized("move", "移动"),
      lists.union(figures).union([.home, .paint, .knobs, .confidence]), rank: 8),
    Row([.up, .char("k")], .up, Localized("move the step", "移动这一步"), [.holding], rank: 2),
    Row([.down, .char("j")], .down, Localized("move the step", "移动这一步"), [.holding], rank: 2),
    Row(
      [.up, .char("k")], .up, Localized("scroll", "滚动"),
      typing.union([.prose, .answered, .panel]), rank: 8),
    Row(
      [.down, .char("j")], .down, Localized("scroll", "滚动"),
      typing.union([.prose, .answered, .panel]), rank: 8),
    Row(
      [.left], .left, Localized("move", "移动"), figures.union([.paint, .knobs, .confidence]),
      rank: 8),
    Row(
      [.right], .right, Localized("move", "移动"), figures.union([.paint, .knobs, .confidence]),
      rank: 8),
    Row([.backspace, .delete], .deleteBackward, Localized("delete", "删除"), typing, rank: 9),
    Row([.char(" "), .right, .pageDown], .next, Localized("next step", "下一步"), reading, rank: 1),
    Row(
      [.right, .pageDown], .next, Localized("next step", "下一步"), lists.union(typing), rank: 6),
    Row(
      [.pageDown, .char(" ")], .next, Localized("next step", "下一步"), figures.union([.knobs]),
      rank: 4),
    Row([.pageDown], .next, Localized("next step", "下一步"), [.paint, .confidence], rank: 6),
    Row([.enter], .enter, Localized("try again", "再试一次"), [.answered], rank: 2),
    Row([.enter], .enter, Localized("ask about this token", "以此为查询"), [.figure], rank: 3),
    Row([.enter], .enter, Localized("train", "训练"), [.idle], rank: 1),
    Row([.enter], .enter, Localized("pause", "暂停"), [.training], rank: 1),
    Row(
      [.left, .pageUp, .backspace], .previous, Localized("previous step", "上一步"),
      lists.union([.prose, .answered]), rank: 6),
    Row([.pageUp, .left], .previous, Localized("previous step", "上一步"), typing, rank: 6),
    Row(
      [.pageUp, .backspace], .previous, Localized("previous step", "上一步"),
      figures.union([.knobs, .paint, .confidence]), rank: 6),
    Row([.tab], .nextPane, Localized("next pane", "下一栏"), step, rank: 4),
    Row([.backTab], .previousPane, Localized("previous pane", "上一栏"), step, rank: 9),
    Row([.char("h")], .nextHint, Localized("hint", "提示"), answering, rank: 3),
    Row([.char("H")], .previousHint, Localized("previous hint", "上一条提示"), answering, rank: 9),
    Row([.char("s")], .dontKnow, Localized("don't know", "不知道"), answering, rank: 3),
    Row([.char("e")], .evidence, Localized("evidence", "数据"), step, rank: 6),
    Row(
      [.char("c")], .source, Localized("source", "源码"), step.subtracting(lettered), rank: 6
    ),
    Row([.char("v")], .view, Localized("view", "视图"), step, rank: 6),
    Row([.char("p")], .sandbox, Localized("sandbox", "沙盒"), open, rank: 9),
    Row([.char("/")], .search, Localized("search", "搜索"), open, rank: 9),
    Row([.char("l")], .list, Localized("list", "目录"), open, rank: 7),
    Row([.char("r")], .review, Localized("review", "复习"), open, rank: 9),
    Row([.char("x")], .reset, Localized("reset", "重置"), open.subtracting([.shape]), rank: 9),
    Row([.char("i")], .honesty, Localized("what it does not show", "没有展示什么"), open, rank: 9),
    Row([.char("L")], .language, Localized("中文", "English"), open, rank: 5),
    Row([.escape], .escape, Localized("put back", "放回原处"), [.holding], rank: 2),
    Row([.escape], .escape, Localized("back", "返回上一步"), [.secondPart], rank: 2),
    Row([.escape], .escape, Localized("leave", "离开"), answering, rank: 4),
    Row(
      [.escape], .escape, Localized("up", "返回"), figures.union([.prose, .answered, .knobs]), rank: 5
    ),
    Row([.enter], .enter, Localized("forget", "清除"), [.confirmation], rank: 1),
    Row([.escape], .escape, Localized("keep", "保留"), [.confirmation], rank: 1),
    Row([.escape, .enter, .char(" ")], .escape, Localized("close", "关闭"), [.panel], rank: 1),
    Row([.char("?"), .function(1)], .help, Localized("keys", "按键"), everywhere, rank: 0),
    Row(
      [.char("q"), .ctrl("c")], .quit, Localized("quit (saved)", "退出（已保存）"), everywhere, rank: 2),
    Row([.ctrl("z")], .suspend, Localized("suspend", "挂起"), everywhere, rank: 9),
  ]

  private static let arrows = Localized("Arrows", "方向键")

  /// The bottom line of a context.
  static func bar(_ context: KeyContext, _ language: Language) -> [KeyHint] {
    var shown: Set<String> = []
    return acting(in: context).filter { shown.insert($0.label[language]).inserted }.map { row in
      let isArrow = [Key.up, .down, .left, .right].contains(row.keys[0]) && row.intent != .previous
      // The table ranks what matters first; the bottom line keeps what ranks high.
      return KeyHint(
        key: isArrow ? arrows[language] : row.keys[0].name, label: row.label[language],
        rank: row.rank == 0 ? .max : 100 - row.rank)
    }
  }

  /// The help of a context: every key that acts, with all its names.
  static func help(_ context: KeyContext, _ language: Language) -> [KeyHint] {
    acting(in: context).map { row in
      KeyHint(key: row.keys.map(\.name).joined(separator: " "), label: row.label[language])
    }
  }

  private static func acting(in context: KeyContext) -> [Row] {
    var seen: Set<Intent> = []
    return rows.filter { $0.contexts.contains(context) && seen.insert($0.intent).inserted }
  }

  /// What a key means in a context; letters and digits choose, or type, where a question asks for it.
  static func intent(for key: Key, in context: KeyContext) -> Intent? {
    if case .char(let character) = key {
      switch context {
      case .choice, .multi, .firstPart, .secondPart:
        if let index = optionIndex(character) { return .choose(index) }
      case .order, .holding:
        if character.isNumber, let index = optionIndex(character) { return .choose(index) }
      case .number: if isNumeric(character) { return .type(character) }
      case .shape: if ShapeText.isPart(character) { return .type(character) }
      default: break
      }
    }
    return rows.first { $0.contexts.contains(context) && $0.keys.contains(key) }?.intent
  }

  private static func optionIndex(_ character: Character) -> Int? {
    guard let ascii = character.asciiValue else { return nil }
    switch ascii {
    case UInt8(ascii: "a")...UInt8(ascii: "d"): return Int(ascii - UInt8(ascii: "a"))
    case UInt8(ascii: "1")...UInt8(ascii: "9"): return Int(ascii - UInt8(ascii: "1"))
    default: return nil
    }
  }

  private static func isNumeric(_ character: Character) -> Bool {
    character.isWholeNumber || ".,-+，．".contains(character)
  }
}
