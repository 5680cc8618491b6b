import Testing

@testable import TUI

@Suite struct GlyphsTests {
  @Test func theUnicodeSetChangesNothing() {
    #expect(Glyphs.unicode.adapt("n² × “窗”") == "n² × “窗”")
  }

  @Test(arguments: [
    ("16×16 → 18×18", "16x16 -> 18x18"), ("O(n²)", "O(n^2)"), ("a…b", "a...b"),
    ("“a” ‘b’", "\"a\" 'b'"), ("B·nW", "B.nW"), ("≤ ≥ ≠ ≈", "<= >= != ~"), ("σ Δ", "sigma Delta"),
    ("naïve café", "naive cafe"), ("窗口，（好）", "窗口，（好）"), ("┌─┐│▀⣿", "+-+|#*"), ("Ж", "?"),
  ])
  func theASCIISetSpells(text: String, spelled: String) {
    #expect(Glyphs.ascii.adapt(text) == spelled)
  }

  @Test func onlyASCIIAndWideCharactersAreLeft() {
    for value in UInt32(0x80)...0x2FFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let adapted = Glyphs.ascii.adapt(String(Character(scalar)))
      let isFine = adapted.allSatisfy { $0.isASCII || TextWidth.columns(of: $0) == 2 }
      #expect(isFine, "U+\(String(value, radix: 16)) became \(adapted)")
    }
  }

  @Test func allDrawingCharactersAreOneColumn() {
    for glyphs in [Glyphs.unicode, .ascii] {
      let characters = [
        glyphs.horizontal, glyphs.vertical, glyphs.cross, glyphs.pointer, glyphs.bullet,
        glyphs.selected, glyphs.unselected, glyphs.right, glyphs.wrong, glyphs.painted,
        glyphs.previous, glyphs.next, glyphs.up, glyphs.down, glyphs.barFull, glyphs.barEmpty,
      ]
      for character in characters + glyphs.shades {
        #expect(TextWidth.columns(of: character) == 1)
        #expect(!glyphs.isASCII || character.isASCII)
      }
    }
  }

  @Test func longTextEndsInAnEllipsis() {
    #expect(Glyphs.unicode.truncated("窗口注意力", to: 7) == "窗口注…")
    #expect(Glyphs.unicode.truncated("窗口注意力", to: 6) == "窗口…")
    #expect(Glyphs.ascii.truncated("Window map", to: 7) == "Wind...")
    #expect(Glyphs.ascii.truncated("Window map", to: 2) == "..")
    #expect(Glyphs.ascii.truncated("Window map", to: 10) == "Window map")
    #expect(Glyphs.unicode.padded("窗口", to: 6) == "窗口  ")
  }

  @Test func shadesRunFromEmptyToFull() {
    #expect(Glyphs.unicode.shade(0) == " ")
    #expect(Glyphs.unicode.shade(1) == "█")
    #expect(Glyphs.ascii.shade(.infinity) == "@")
    #expect(Glyphs.ascii.shade(.nan) == " ")
  }
}
