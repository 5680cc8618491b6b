import Testing

@testable import Lessons

/// A chapter with one of each thing, small enough to see whole.
enum SampleChapter {
  static let text = """
    ---
    format: 1
    id: windows
    title: Window partition
    needs: [patches]
    minutes: 15
    model: tiny
    objectives: [say which keys a query sees]
    out-of-scope: [shifted windows]
    ---

    # Window partition

    ```{step} Cut the grid
    :id: windows.cut
    ```

    The grid has {= grid.h}×{= grid.w} *tokens* and the window
    is **{= window}×{= window}**, `window_size` in detectron2.

    - one {= 2 * 3 * 4}
    - two

    ```{figure} window-map
    :id: windows.map
    :knobs: window = 2, 4, 6*, 8 ; block = 0..3
    :focus: token(1, 7)
    Each letter is one window.
    ```

    ```{observe}
    :id: windows.turn
    :until: window == 8
    Turn the window until it divides the grid.

    ---

    Now nothing is padded: {= grid.w} is two windows.
    ```

    ```{note}
    Ask the room.
    ```

    ```{step} Count the keys
    :id: windows.count
    ```

    A query attends to its window.

    ```{predict}
    :id: windows.pad-keys
    :kind: choice
    :reveal: attention-mask
    :reveal-focus: token(1, 15)
    How many keys does query (1,15) see?

    - {= realKeys(token(1, 15))}  @pad-is-masked
      You left the padding out. Nothing masks it.

      Zero vectors are attended too.
    - {= keysSeen(token(1, 15))}  @ok
    - all {= tokens} of them  @global-everywhere
      That is a global block.
    ```

    ```{hint}
    :for: windows.pad-keys
    1. Count slots, not tokens.
    2. worked: token (0,0) sees {= keysSeen(token(0, 0))}.
    ```

    ```{explain}
    :for: windows.pad-keys
    Softmax runs over all {= window * window} slots.
    ```

    ```{step} The code
    :id: windows.code
    ```

    ```{source} windowPartition
    The code that ran.
    ```

    ```{quiz}
    :id: windows.paint
    :kind: paint
    :figure: window-map
    :knobs: window = 6
    Paint what (2,7) sees.

    - {= windowOf(token(2, 7))}  @ok
    - {= cells(0, 0, 5, 5)}  @pad-is-masked
      No.
    ```

    ```{step} A number
    :id: windows.number
    ```

    ```{quiz}
    :id: windows.slots
    :kind: number
    :unit: slots
    :tolerance: 0.5
    How many slots has a window?

    - {= window * window}  @ok
    - {= window}  @k-is-the-side
      That is the side.
    ```

    ```{hint}
    :for: windows.slots
    1. worked: a side of 4 gives {= 4 * 4}.
    ```

    ```{explain}
    :for: windows.slots
    A side squared.
    ```

    ```{hint}
    :for: windows.paint
    1. worked: (0,0) sees rows 0 to 5.
    ```

    ```{explain}
    :for: windows.paint
    Its window.
    ```

    """

  /// The sample without the one knob that its figure does not have, and with a note and a time at each step.
  static let checked =
    ["cut", "count", "code", "number"].reduce(noted) { text, step in
      text.replacing(":id: windows.\(step)\n", with: ":id: windows.\(step)\n:seconds: 225\n")
    }

  private static let noted =
    ["The code", "A number"].reduce(text.replacing(" ; block = 0..3", with: "")) { text, step in
      text.replacing("```{step} \(step)", with: note + "\n```{step} \(step)")
    } + note

  private static let note = "```{note}\nAsk the room.\n```\n"

  /// The same in Chinese, which has the same identifiers and expressions.
  static let translated = checked.replacing("worked:", with: "例：")
    .replacing("A query attends to its window.", with: "每个查询只看见自己的窗口。")

  /// The catalogue that the sample's tags name.
  static let misconceptions = ["pad-is-masked", "global-everywhere", "k-is-the-side"].map {
    "## \($0)\n\nRule: r {= window}.\n\nComputed: c.\n\nRefutation: no.\n"
  }.joined(separator: "\n")

  /// The sample parsed.
  static func chapter(
    _ text: String = Self.text, language: Language = .en
  ) throws(LessonError) -> Chapter {
    try ChapterParser.parse(text, file: "lessons/en/03-windows.md", language: language)
  }

  /// The questions of the sample.
  static func items() throws -> [Item] { try chapter().items }

  /// A question of the sample.
  static func item(_ id: String) throws -> Item {
    try #require(items().first { $0.id == id })
  }

  /// Everything that is wrong with a text.
  static func errors(_ text: String) -> [LessonError] {
    do {
      _ = try ChapterParser.parse(
        LessonText(bytes: Array(text.utf8), file: "03-windows.md"), language: .en)
      return []
    } catch {
      return error.all
    }
  }
}
