import Testing
import TUI

@testable import Lessons

/// A chapter with a question of each of the kinds that are more than one value: several options, a shape, an order.
///
/// It is about the real tiny preset, so that its screens can be drawn.
enum KindsChapter {
  static let text = """
    ---
    format: 1
    id: kinds
    title: Kinds of questions
    needs: []
    minutes: 5
    model: tiny
    objectives: [answer]
    ---

    # Kinds of questions

    ```{step} What a window shares
    :id: kinds.start
    ```

    Block 0 cuts the map into windows.

    ```{quiz}
    :id: kinds.holds
    :kind: multi
    Which of these hold for block 0?

    - The windows share one set of weights  @ok @windows-have-own-weights
      The weights belong to the block.
    - A window sees its neighbours  @windows-overlap-or-shift
      Windows do not overlap.
    - Padded slots are compared as well  @ok
      Nothing masks them.
    - Each window has {= window} slots  @k-is-the-side
      That is the side.
    ```

    ```{hint}
    :for: kinds.holds
    1. What is cut?
    2. worked: a head belongs to its block.
    ```

    ```{explain}
    :for: kinds.holds
    Windows are cut out of one map.
    ```

    ```{step} The shape after the cut
    :id: kinds.cut
    ```

    The map is padded and cut.

    ```{predict}
    :id: kinds.shape
    :kind: shape
    Which shape do the windows have?

    - {= windows} × {= window} × {= window} × {= dim}  @ok
      The windows lie along the first axis.
    - 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens
      That is the padded map.
    - {= floor(grid.h / window) ^ 2} × {= window} × {= window} × {= dim}  @drops-the-rest
      Nothing is dropped.
    ```

    ```{hint}
    :for: kinds.shape
    1. Which axis grows?
    2. worked: {= 2 * 2} windows of side 8 are 4×8×8×64.
    ```

    ```{step} The stages
    :id: kinds.order
    ```

    A windowed block works in stages.

    ```{quiz}
    :id: kinds.steps
    :kind: order
    Bring them into order.

    1. Normalise

       The norm stands before everything.
    2. Pad to {= padded.h}×{= padded.w}
    3. Cut into windows
    4. Attend

    - 2 → 1  @pad-before-norm
      The padding would be shifted by the norm.
    - 4 → 3 → 2  @windows-not-tokens
      Attention runs inside the windows.
    ```

    ```{hint}
    :for: kinds.steps
    1. What comes first?
    2. worked: shoes come after socks.
    ```

    ```{explain}
    :for: kinds.steps
    The norm first.
    ```

    """

  /// The same in Chinese, which has the same identifiers, expressions and sizes.
  static let translated =
    text
    .replacing("Kinds of questions", with: "题目的种类")
    .replacing("What a window shares", with: "窗口共用什么")
    .replacing("Block 0 cuts the map into windows.", with: "块 0 把特征图切成窗口。")
    .replacing("Which of these hold for block 0?", with: "对块 0 来说，下面哪些说法成立？")
    .replacing("The windows share one set of weights", with: "各个窗口共用一组权重")
    .replacing("The weights belong to the block.", with: "权重属于块。")
    .replacing("A window sees its neighbours", with: "窗口能看到相邻的窗口")
    .replacing("Windows do not overlap.", with: "窗口互不重叠。")
    .replacing("Padded slots are compared as well", with: "填充的位置也参与比较")
    .replacing("Nothing masks them.", with: "没有掩码挡住它们。")
    .replacing("Each window has {= window} slots", with: "每个窗口有 {= window} 个位置")
    .replacing("That is the side.", with: "那是边长。")
    .replacing("What is cut?", with: "切的是什么？")
    .replacing("worked: a head belongs to its block.", with: "例：注意力头属于它的块。")
    .replacing("Windows are cut out of one map.", with: "窗口是从同一张特征图上切下来的。")
    .replacing("The shape after the cut", with: "切开之后的形状")
    .replacing("The map is padded and cut.", with: "特征图先填充，再切开。")
    .replacing("Which shape do the windows have?", with: "窗口的形状是什么？")
    .replacing("The windows lie along the first axis.", with: "窗口沿第一个轴排列。")
    .replacing("That is the padded map.", with: "那是填充后的特征图。")
    .replacing("Nothing is dropped.", with: "什么都没有丢掉。")
    .replacing("Which axis grows?", with: "哪个轴变大了？")
    .replacing(
      "worked: {= 2 * 2} windows of side 8 are 4×8×8×64.", with: "例：{= 2 * 2} 个边长为 8 的窗口是 4×8×8×64。"
    )
    .replacing("The stages", with: "各个阶段")
    .replacing("A windowed block works in stages.", with: "窗口块分几个阶段工作。")
    .replacing("Bring them into order.", with: "请排好顺序。")
    .replacing("1. Normalise", with: "1. 归一化")
    .replacing("The norm stands before everything.", with: "归一化在最前面。")
    .replacing("Pad to {= padded.h}×{= padded.w}", with: "填充到 {= padded.h}×{= padded.w}")
    .replacing("Cut into windows", with: "切成窗口")
    .replacing("4. Attend", with: "4. 计算注意力")
    .replacing("The padding would be shifted by the norm.", with: "否则填充值会被归一化平移。")
    .replacing("Attention runs inside the windows.", with: "注意力在窗口内计算。")
    .replacing("What comes first?", with: "什么在最前面？")
    .replacing("worked: shoes come after socks.", with: "例：先穿袜子，再穿鞋。")
    .replacing("The norm first.", with: "先归一化。")

  /// The chapter parsed.
  static func chapter(
    _ text: String = Self.text, language: Language = .en
  ) throws(LessonError) -> Chapter {
    try ChapterParser.parse(text, file: "lessons/en/09-kinds.md", language: language)
  }

  /// The questions, in order.
  static func items() throws -> [Item] { try chapter().items }

  /// A question.
  static func item(_ id: String) throws -> Item { try #require(items().first { $0.id == id }) }

  /// A question with its numbers filled in and its answers evaluated, as a learner meets it.
  static func session(_ id: String) throws -> ItemSession {
    let facts = try #require(ModelFacts.presets["tiny"].map { ModelFacts(configuration: $0) })
    let item = try Filling(facts: facts, language: .en).fill(item(id))
    return try ItemSession(item, in: facts)
  }

  /// Screens of the chapter without a terminal, with the misconceptions of the course that is shipped.
  static func rehearsal(
    _ language: Language = .en, size: Size = Size(columns: 80, rows: 24), glyphs: Glyphs = .unicode
  ) throws -> Rehearsal {
    let stage = try stage()
    return Rehearsal(
      course: stage.course, directory: stage.directory, laboratory: stage.laboratory,
      language: language, size: size, glyphs: glyphs)
  }

  /// The chapter as a course, with the misconceptions of the course that is shipped.
  static func stage() throws -> Stage {
    let shipped = try SharedStage.get()
    let entry = Course.Entry(
      id: "kinds", number: 9,
      languages: [
        .en: .available(try chapter()), .zh: .available(try chapter(translated, language: .zh)),
      ])
    return Stage(
      Course(entries: [entry], misconceptions: shipped.course.misconceptions, problems: []),
      on: shipped)
  }
}
