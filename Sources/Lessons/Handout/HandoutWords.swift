/// The fixed words of hand-outs.
enum HandoutWords {
  static let steps = Localized("Steps", "步骤")
  static let skip = Localized("To the text", "跳到正文")
  static let hint = Localized("Hint", "提示")
  static let answer = Localized("Answer", "答案")
  static let foreseen = Localized("Wrong answers, and what speaks against them", "常见的错误答案，以及错在哪里")
  static let asText = Localized("This figure as text", "图的文字版")
  static let seen = Localized("What is seen then", "会看到什么")
  static let module = Localized("module", "模块")
  static let shape = Localized("shape", "形状")
  static let remark = Localized("remark", "说明")
  static let figure = Localized("Figure", "图")

  /// `Chapter 3`.
  static func chapter(_ number: Int, _ language: Language) -> String {
    Localized("Chapter \(number)", "第 \(number) 章")[language]
  }

  /// Where the chapter comes from, and how to do it instead of reading it.
  static func origin(_ handout: Handout) -> String {
    Localized(
      """
      Printed from the course vitdet, where the figures can be turned and the questions are answered: \
      vitdet learn \(handout.id). Figures stand at their starting settings; every number was computed by the running \
      model when this page was made.
      """,
      """
      本页由 vitdet 课程导出。在课程里可以调节图、回答问题：vitdet learn \(handout.id) --lang zh。\
      图都取起始设置；所有数字都由模型在导出时实际计算得出。
      """)[handout.language]
  }
}
