internal import TUI

/// The colours of a hand-out, by day and by night.
///
/// Text has a contrast of at least 4.5 with every ground that it stands on, lines of charts at least 3.
///
/// Source: WCAG 2.2, success criteria 1.4.3 and 1.4.11.
enum HandoutPalette: String, CaseIterable {
  case paper, ink, dim, line, link, panel
  case tint0, tint1, tint2, tint3, tint4, tint5
  case series0, series1, series2, series3

  /// The grounds of a grid's cells.
  static let tints: [HandoutPalette] = [.tint0, .tint1, .tint2, .tint3, .tint4, .tint5]
  /// The lines of a chart.
  static let series: [HandoutPalette] = [.series0, .series1, .series2, .series3]

  /// On white, and in print.
  var light: RGB {
    switch self {
    case .paper: RGB(255, 255, 255)
    case .ink: RGB(26, 26, 26)
    case .dim: RGB(86, 86, 86)
    case .line: RGB(118, 118, 118)
    case .link: RGB(10, 84, 160)
    case .panel: RGB(243, 245, 247)
    case .tint0: RGB(205, 225, 246)
    case .tint1: RGB(252, 221, 190)
    case .tint2: RGB(208, 236, 198)
    case .tint3: RGB(230, 212, 242)
    case .tint4: RGB(246, 236, 172)
    case .tint5: RGB(245, 207, 214)
    case .series0: RGB(10, 84, 160)
    case .series1: RGB(166, 78, 0)
    case .series2: RGB(44, 112, 24)
    case .series3: RGB(134, 44, 156)
    }
  }

  /// Where the reader's system asks for a dark page.
  var dark: RGB {
    switch self {
    case .paper: RGB(22, 24, 28)
    case .ink: RGB(232, 232, 232)
    case .dim: RGB(178, 178, 178)
    case .line: RGB(138, 138, 138)
    case .link: RGB(122, 186, 245)
    case .panel: RGB(34, 37, 43)
    case .tint0: RGB(28, 56, 88)
    case .tint1: RGB(90, 54, 20)
    case .tint2: RGB(38, 74, 30)
    case .tint3: RGB(68, 44, 92)
    case .tint4: RGB(78, 70, 18)
    case .tint5: RGB(92, 40, 52)
    case .series0: RGB(110, 180, 245)
    case .series1: RGB(245, 165, 85)
    case .series2: RGB(145, 210, 110)
    case .series3: RGB(218, 156, 234)
    }
  }

  /// The rules of a style sheet that give every colour its name.
  static func variables(_ color: (HandoutPalette) -> RGB) -> String {
    allCases.map { "--\($0.rawValue):\(color($0).hexadecimal)" }.joined(separator: ";")
  }
}

extension RGB {
  /// `#0a54a0`.
  var hexadecimal: String {
    "#"
      + [red, green, blue].map { channel in
        let digits = String(channel, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }
}
