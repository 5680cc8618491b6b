import TUI
import Testing

@testable import Lessons
@testable import ViTDetMini

@Suite struct FigureSVGTests {
  private func drawing(_ body: Figure.Body) throws -> (file: String, page: ParsedPage) {
    let figure = Figure(title: "A <title>", sentence: "What is & what is not.", body: body)
    let svg = try #require(try FigureSVG(figure))
    return (svg.file, try ParsedPage.parse(svg.file))
  }

  @Test func aGridOfLettersShowsEachOnce() throws {
    let grid = GridContent(
      rows: 2, columns: 3, cells: .classes([0, 0, 1, 2, 2, 2], letters: ["a", "b", "."]),
      focus: Token(row: 0, column: 1), ruleEvery: 0)
    let (_, page) = try drawing(.grid(grid))
    let letters = page.all("text").map(\.text)
    #expect(letters.count { $0 == "a" } == 1 && letters.count { $0 == "?" } == 1)
    #expect(letters.count { $0 == "b" } == 1 && letters.count { $0 == "." } == 3)
    // The dots stand on the paper, the letters on a ground of their own.
    #expect(page.all("path").compactMap { $0.attributes["class"] } == ["tint0", "tint1"])
    #expect(page.all("title").first?.text == "A <title>")
  }

  @Test func aHeatMapGoesFromOneEndOfItsColoursToTheOther() throws {
    let grid = GridContent(rows: 1, columns: 3, cells: .heat([0, 1, .nan], range: 0...1))
    let (_, page) = try drawing(.grid(grid))
    let fills = page.all("path").compactMap { $0.attributes["fill"] }
    #expect(fills == ["#440154", "#fde725"])
  }

  @Test func aPictureKeepsItsPixelsAndItsMarks() throws {
    let picture = Image(width: 8, height: 4, color: (red: 10, green: 200, blue: 30))
    var content = ImageContent(picture, patch: 4)
    content.boxes = [
      BoxMark("A", Box(-2, 0, 4, 4), .truth),
      BoxMark("B", Box(20, 0, 30, 4), .dropped),
      BoxMark("C", Box(.nan, 0, 3, 4), .dropped),
    ]
    let (_, page) = try drawing(.image(content))
    let data = try #require(page.all("image").first?.attributes["href"])
    #expect(data.hasPrefix("data:image/png;base64,"))
    // What lies outside the picture, or nowhere, is left out.
    #expect(page.all("text").map(\.text).filter { $0.first?.isLetter == true } == ["A"])
  }

  @Test func aChartTellsItsLinesApartWithoutColour() throws {
    let series = (0..<5).map { index in
      ChartContent.Series(
        name: "line \(index)",
        points: [.init(x: 1, y: 1), .init(x: 1024, y: Double(index + 2)), .init(x: 2048, y: .nan)])
    }
    let chart = ChartContent(xLabel: "side", yLabel: "cost", isLogarithmic: true, series: series)
    let (file, page) = try drawing(.chart(chart))
    for line in series { #expect(page.all("text").contains { $0.text == line.name }) }
    #expect(!file.contains("nan") && !file.contains("inf"))
    let dashes = Set(page.all("path").compactMap { $0.attributes["stroke-dasharray"] })
    #expect(dashes.count == 3)
  }

  @Test(arguments: [0.0, -3, 5e-7, 1e12])
  func ticksLieOnTheAxis(low: Double) {
    for isLogarithmic in [false, true] {
      let scale = ChartScale(
        [low, low + 1, low * 3], isLogarithmic: isLogarithmic, limits: nil)
      #expect((1...9).contains(scale.ticks.count), "\(low) \(isLogarithmic) \(scale.ticks)")
      #expect(scale.share(.infinity) == nil && scale.share(.nan) == nil)
    }
  }

  /// Source: WCAG 2.2, the definitions of contrast ratio and relative luminance.
  private func contrast(_ one: RGB, _ other: RGB) -> Double {
    func luminance(_ color: RGB) -> Double {
      func linear(_ channel: UInt8) -> Double {
        let share = Double(channel) / 255
        return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
      }
      return 0.2126 * linear(color.red) + 0.7152 * linear(color.green)
        + 0.0722 * linear(color.blue)
    }
    // x^2.4 as e^(2.4 ln x) without another import: x^2 times the fifth root of x^2.
    func power(_ x: Double) -> Double {
      var root = 1.0
      for _ in 0..<60 {
        root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root)
      }
      return x * x * root
    }
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  @Test func everyColourCanBeReadByDayAndByNight() {
    for color in [\HandoutPalette.light, \HandoutPalette.dark] {
      func ratio(_ one: HandoutPalette, _ other: HandoutPalette) -> Double {
        contrast(one[keyPath: color], other[keyPath: color])
      }
      for text in [HandoutPalette.ink, .dim, .link] {
        for ground in [HandoutPalette.paper, .panel] { #expect(ratio(text, ground) >= 4.5) }
      }
      for tint in HandoutPalette.tints { #expect(ratio(.ink, tint) >= 4.5, "\(tint)") }
      for line in HandoutPalette.series + [.line] { #expect(ratio(line, .paper) >= 3, "\(line)") }
    }
    #expect(abs(contrast(RGB(0, 0, 0), RGB(255, 255, 255)) - 21) < 0.01)
  }
}
