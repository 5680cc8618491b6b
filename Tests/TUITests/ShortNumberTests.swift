import Testing

@testable import TUI

@Suite struct ShortNumberTests {
  @Test(arguments: [
    (0.0312, "0.0312"), (17, "17"), (2.5, "2.5"), (16_777_216, "16.8M"), (1.2e-6, "1.2e-6"),
    (-3, "-3"), (0.1, "0.1"), (999.6, "1000"), (9999, "9999"), (12345, "12.3k"),
    (0.00012, "1.2e-4"), (65536, "65.5k"),
    (0, "0"), (1e-300, "1e-300"), (.nan, "nan"), (-.infinity, "-inf"), (1e20, "100000P"),
  ])
  func threeDigitsAreKept(value: Double, text: String) {
    #expect(ShortNumber.text(value) == text)
  }
}
