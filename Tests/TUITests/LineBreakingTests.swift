import Testing

@testable import TUI

@Suite struct LineBreakingTests {
  @Test func westernTextBreaksAtBlanks() {
    #expect(
      wrap("The grid is padded to 18x18.", columns: 11) == ["The grid is", "padded to", "18x18."])
  }

  @Test func longWordsAreCut() {
    #expect(wrap("ab abcdefghij", columns: 4) == ["ab", "abcd", "efgh", "ij"])
  }

  @Test func hyphensAllowABreak() {
    #expect(wrap("window-attention", columns: 9) == ["window-", "attention"])
    #expect(wrap("at -17 it", columns: 4) == ["at", "-17", "it"])
  }

  @Test func noChineseLineStartsWithClosingOrEndsWithOpeningPunctuation() {
    let text = "网格是十六乘十六，窗口（六乘六）不能整除。所以先补零，再切「窗口」！"
    for columns in 4...40 {
      let lines = wrap(text, columns: columns)
      #expect(lines.joined() == text)
      for line in lines {
        #expect(TextWidth.columns(of: line) <= columns)
        if columns >= 6 {  // wide enough for a character and the two marks after it
          #expect(!"，。！）」".contains(line.first ?? "x"), "\(columns): \(line)")
          #expect(!"（「".contains(line.last ?? "x"), "\(columns): \(line)")
        }
      }
    }
  }

  @Test func mixedTextBreaksBetweenScripts() {
    #expect(wrap("每个token只看自己的窗口", columns: 12) == ["每个token只", "看自己的窗口"])
  }

  @Test func stylesSurviveTheBreak() {
    let lines = wrap([Run("see "), Run("the window", .code), Run(" map")], columns: 8)
    #expect(
      lines == [
        [Run("see "), Run("the", .code)], [Run("window", .code)], [Run("map")],
      ])
  }

  @Test func explicitBreaksAndEmptyLinesStay() {
    #expect(wrap("a\n\nb", columns: 5) == ["a", "", "b"])
    #expect(wrap("", columns: 5) == [""])
    #expect(wrap("abc", columns: 0) == [])
    #expect(wrap("窗口", columns: 1) == ["窗", "口"])
  }

  @Test func spellingIsPartOfTheWidth() {
    #expect(wrap("n² ≤ 16", columns: 6, glyphs: .ascii) == ["n^2 <=", "16"])
  }
}
