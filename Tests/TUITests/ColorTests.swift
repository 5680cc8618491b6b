import Testing

@testable import TUI

@Suite struct ColorTests {
  @Test func everyColourOfTheCubeAndTheGreysIsItsOwnNearest() {
    for index in UInt8(16)...255 {
      let color = Palette.color(at: index)
      #expect(Palette.color(at: Palette.nearest256(color)) == color)
    }
    for index in UInt8(0)..<16 { #expect(Palette.nearest16(Palette.color(at: index)) == index) }
  }

  @Test(arguments: ColorRamp.allCases, [ColorDepth.indexed256, .trueColor])
  func rampsRiseInBrightness(ramp: ColorRamp, depth: ColorDepth) {
    var former = -1.0
    for step in 0...60 {
      let luminance = ColorRamp.lightness(ramp.color(Double(step) / 60, depth: depth))
      #expect(luminance >= former - 1e-9, "step \(step)")
      former = luminance
    }
    #expect(ramp.color(-1, depth: depth) == ramp.color(0, depth: depth))
    #expect(ramp.color(.nan, depth: depth) == ramp.color(0, depth: depth))
    #expect(ramp.color(.infinity, depth: depth) == ramp.color(1, depth: depth))
  }

  @Test func noMeaningHangsOnColourAlone() {
    let groups: [[Role]] = [
      [.right, .wrong, .text], [.selected, .text], [.cursor, .text], [.error, .notice, .text],
    ]
    for group in groups where group != [.right, .wrong, .text] {
      let looks = group.map { Theme.look(of: Style($0), depth: .mono).attributes }
      #expect(Set(looks.map(\.rawValue)).count == group.count, "\(group)")
    }
    let graded = [Role.right, .wrong].map { Theme.look(of: Style($0), depth: .mono).attributes }
    #expect(graded[0] != graded[1])
  }

  @Test func everyStyleHasItsOwnNumber() {
    let colors: [RGB?] = [nil, RGB(0, 0, 0), RGB(0, 0, 1), RGB(255, 255, 255)]
    var numbers: Set<UInt64> = []
    for role in Role.allCases {
      for front in colors {
        for back in colors {
          numbers.insert(Style(role, foreground: front, background: back).packed)
        }
      }
    }
    #expect(numbers.count == Role.allCases.count * 16)
  }

  @Test func monochromeHasNoColours() {
    for role in Role.allCases {
      let style = Style(role, foreground: RGB(1, 2, 3), background: RGB(4, 5, 6))
      let look = Theme.look(of: style, depth: .mono)
      #expect(look.foreground == nil && look.background == nil)
    }
  }

  @Test func pairsKeepTheirNumbersUntilThereAreNone() {
    var pairs = ColorPairs(limit: 3)
    #expect(pairs.entry(foreground: -1, background: -1) == .known(0))
    #expect(pairs.entry(foreground: 1, background: -1) == .new(1))
    #expect(pairs.entry(foreground: -1, background: 1) == .new(2))
    #expect(pairs.entry(foreground: 1, background: -1) == .known(1))
    #expect(pairs.entry(foreground: 5, background: 6) == .full)
    pairs.removeAll()
    #expect(pairs.entry(foreground: 5, background: 6) == .new(1))
  }

  @Test func eightColoursSpellBrightnessAsWeight() {
    #expect(ColorPairs.value(of: .indexed(9), colors: 8) == (1, .bold))
    #expect(ColorPairs.value(of: .indexed(8), colors: 8) == (-1, .dim))
    #expect(ColorPairs.value(of: .indexed(9), colors: 16) == (9, []))
    #expect(ColorPairs.value(of: nil, colors: 8) == (-1, []))
    #expect(ColorPairs.value(of: .direct(RGB(0, 0, 5)), colors: 1 << 24) == (8, []))
    #expect(ColorPairs.value(of: .direct(RGB(1, 0, 0)), colors: 1 << 24) == (65536, []))
  }
}

extension ColorRamp {
  /// CIE L*, 0…100, of an sRGB colour.
  fileprivate static func lightness(_ color: RGB) -> Double {
    func linear(_ channel: UInt8) -> Double {
      let value = Double(channel) / 255
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4)
    }
    let luminance =
      0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    return luminance > 0.008856 ? 116 * power(luminance, 1.0 / 3) - 16 : 903.3 * luminance
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    base <= 0 ? 0 : exponential2(exponent * logarithm2(base))
  }
}

/// Dark on white: what a projector can show.
@Suite struct LightThemeTests {
  /// The colours as they come out, foreground and background swapped where they are reversed.
  private func contrast(_ look: Look) -> Double {
    func color(_ color: TerminalColor?) -> RGB? {
      switch color {
      case .indexed(let index): Palette.color(at: index)
      case .direct(let rgb): rgb
      case nil: nil
      }
    }
    guard let front = color(look.foreground), let back = color(look.background) else { return 0 }
    return LightTheme.contrast(front, back)
  }

  @Test(arguments: [ColorDepth.ansi16, .indexed256, .trueColor])
  func everyTextIsLegible(depth: ColorDepth) {
    for role in Role.allCases {
      let look = Theme.look(of: Style(role), depth: depth, isLight: true)
      #expect(contrast(look) >= 4.5 && !look.attributes.contains(.dim), "\(role)")
    }
    // What figures draw in colours of their own, on white and on themselves.
    let shares = stride(from: 0.0, through: 1, by: 0.1)
    for ramp in ColorRamp.allCases {
      for share in shares {
        let color = ramp.color(share, depth: depth)
        for style in [Style(foreground: color), Style(foreground: nil, background: color)] {
          #expect(contrast(Theme.look(of: style, depth: depth, isLight: true)) >= 4.5, "\(style)")
        }
      }
    }
  }

  @Test func contrastIsThatOfTheGuidelines() {
    #expect(abs(LightTheme.contrast(RGB(0, 0, 0), RGB(255, 255, 255)) - 21) < 0.01)
    // The greys that pass and fail just.
    #expect(LightTheme.contrast(RGB(118, 118, 118), RGB(255, 255, 255)) >= 4.5)
    #expect(LightTheme.contrast(RGB(119, 119, 119), RGB(255, 255, 255)) < 4.5)
  }

  @Test func withoutColoursTheScreenIsReversed() {
    let text = Theme.look(of: Style(.text), depth: .mono, isLight: true)
    let chosen = Theme.look(of: Style(.selected), depth: .mono, isLight: true)
    #expect(text.attributes.contains(.reverse) && !chosen.attributes.contains(.reverse))
  }
}
