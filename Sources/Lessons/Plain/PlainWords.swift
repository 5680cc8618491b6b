/// The fixed words of plain mode.
enum PlainWords {
  static let afterwards = Localized("Afterwards you can:", "学完之后，你能够：")
  static let predict = Localized("PREDICT", "预测")
  static let question = Localized("QUESTION", "提问")
  static let observe = Localized("OBSERVE", "观察")
  static let right = Localized("Right.", "正确。")
  static let wrong = Localized("Not what the model does.", "与模型的结果不一致。")
  static let open = Localized("Left open; here is the answer.", "留空了；答案如下。")
  static let noMoreHints = Localized("That was the last hint.", "这是最后一条提示。")
  static let helpers = Localized(" h gives a hint, s means you don't know.", " h 给提示，s 表示不知道。")
}
