/// The program's own words, both languages side by side.
enum Phrases {
  static let courseTitle = Localized("ViTDet, step by step", "ViTDet 逐步讲解")
  static let continueLine = Localized("Continue", "继续")
  static let minutes = Localized("min", "分钟")
  static let new = Localized("new", "未开始")
  static let done = Localized("done", "已完成")
  static let unavailable = Localized("unavailable", "无法打开")
  static let noCourse = Localized("The course has no chapters.", "课程中没有章节。")

  static let predict = Localized("PREDICT", "预测")
  static let quiz = Localized("QUESTION", "提问")
  static let observe = Localized("OBSERVE", "观察")
  static let hint = Localized("Hint", "提示")
  static let source = Localized("Source", "源码")
  static let figure = Localized("Figure", "图")
  static let sure = Localized("sure?", "把握？")

  static let nothingChecked = Localized("Nothing is checked yet.", "还没有检查。")
  static let computing = Localized("Computing…", "正在计算……")
  static let trainingBegins = Localized("The training begins…", "训练即将开始……")
  static let painted = Localized("painted", "已涂")
  static let observed = Localized("Seen.", "看到了。")
  static let noFigure = Localized("This step has no figure.", "这一步没有图。")
  static let noSource = Localized(
    "This step shows no source.", "这一步没有对应的源码。")
  static let noEvidence = Localized("This figure has no table.", "这张图没有数据表。")
  static let afterCommit = Localized("Commit an answer first.", "请先提交答案。")
  static let noMoreHints = Localized("That was the last hint.", "这是最后一条提示。")
  static let lastStep = Localized(
    "This is the last step. Esc goes to the list.", "这是最后一步。按 Esc 返回目录。")
  static let firstStep = Localized("This is the first step.", "这是第一步。")
  static let noReview = Localized(
    "Review comes with variants of the questions; none exist yet.", "复习需要题目的变体，目前还没有。")
  static let noSandbox = Localized(
    "There is no sandbox yet; turn the figure's knobs instead.", "还没有沙盒；请直接调节图上的旋钮。")
  static let noSearch = Localized("There is no search yet.", "还没有搜索功能。")
  static let resetAsk = Localized(
    "Forget all answers of this chapter? Enter forgets, Esc keeps.",
    "要清除本章的全部答案吗？Enter 清除，Esc 保留。")
  static let resetDone = Localized("This chapter starts anew.", "本章已重新开始。")
  static let otherLanguageMissing = Localized(
    "This chapter does not exist in Chinese.", "本章没有英文版。")
  static let nextUp = Localized("Next: ", "下一步：")
  static let lastSlide = Localized("this is the last step", "这是最后一步")
  static let step = Localized("step", "步骤")
  static let thisStep = Localized("this step", "本步")
  static let part = Localized("part", "部分")
  static let blank = Localized("blank", "黑屏")
  static let autoplay = Localized("autoplay", "自动播放")
  static let following = Localized("following", "人跟随")
  static let noStep = Localized("There is no step", "没有这一步：")
  static let waitingForPresenter = Localized(
    "Waiting for a presenter on this machine.", "正在等待本机上的演示者。")
  static let ownWay = Localized(
    "You went your own way; w goes back to the presenter.", "你正在自己浏览；按 w 回到演示者的画面。")
  static let otherCourse = Localized(
    "The presenter shows a step that this course does not have", "演示者正在展示本课程没有的一步")
  static let nothingToAsk = Localized(
    "This step has no question to ask.", "这一步没有可以提问的题目。")
  static let nobodyCounted = Localized(
    "No hands were counted, so nothing is kept of this round.", "没有输入人数，这一轮不作记录。")
  static let noSuchCounts = Localized(
    "The counts must be as many as the options of an open vote.", "人数要和正在举手的选项一样多。")
  static let recordingEnded = Localized("The recording ends here: ", "录制到此中断：")
  /// What a presenter is told of somebody who cannot follow.
  static func otherVersion(_ version: Int) -> Localized {
    Localized(
      "Somebody with another vitdet cannot follow (messages \(version), here \(SharedView.protocolVersion)).",
      "有人的 vitdet 版本不同，无法跟随（消息版本 \(version)，这里是 \(SharedView.protocolVersion)）。")
  }
  static let tooSmall = Localized("The window is too small", "窗口太小")
  static let needsSize = Localized("needs", "需要")
  static let hasSize = Localized("has", "当前")
  static let keysTitle = Localized("Keys", "按键")
  static let honestyTitle = Localized(
    "What this tiny model does not show", "这个小模型没有展示什么")
  static let honesty = Localized(
    """
    The model has the published structure, but is narrow: width 64, eight blocks, 256 tokens.
    Shapes, pair counts and parameter counts are exact for it, and for the published sizes.
    Accuracy is not: no figure here says how well ViTDet-B detects.
    Its weights began as a masked autoencoder's of small drawn pictures and were fine-tuned on 36,000 drawn scenes, so its \
    attention need not look like that of a published ViT. On 500 other scenes its box AP is 81.
    Between the two, 8,000 scenes taught each patch to say what the whole picture shows; ViTDet has no such stage. Without it \
    the detector only guesses which of the two gems it sees.
    If the weights cannot be read, random ones stand in, and every figure they matter for says so.
    Times are of this machine, in 32-bit floats on the CPU.
    """,
    """
    模型的结构与论文一致，但很窄：宽度 64，8 个块，256 个 token。
    形状、配对数和参数量对它是精确的，对论文的各个规格也是。
    精度不是：这里没有任何图能说明 ViTDet-B 的检测效果。
    权重先在画出来的小图上做掩码自编码预训练，再用 36,000 幅画出来的场景微调，\
    所以注意力的图样不一定像公开发布的 ViT。在另外 500 幅场景上，框的 AP 是 81。
    两者之间还有一步 ViTDet 没有的训练：用 8,000 幅场景教每个 patch 说出整幅图里有什么。没有这一步，\
    检测器只能猜两种宝石是哪一种。
    如果权重读不出来，就用随机权重代替，受影响的图都会注明。
    时间是在本机 CPU 上用 32 位浮点数测得的。
    """)
  static let scrollHint = Localized("more below", "下面还有")
  static let untilDone = Localized("not yet", "尚未出现")
  static let quit = Localized("quit", "退出")
  static let textPane = Localized("Text", "文字")
  static let nothingHere = Localized("Open a chapter first.", "请先打开一章。")
  static let paintedRightly = Localized("right", "涂对")
  static let paintedTooMany = Localized("too many", "多涂")
  static let notPainted = Localized("missing", "漏涂")
  static let offHere = Localized("does nothing here", "在这里不起作用")
}
