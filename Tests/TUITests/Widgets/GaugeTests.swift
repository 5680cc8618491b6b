import Testing

@testable import TUI

@Suite struct GaugeTests {
  @Test(arguments: [
    (0, "[------------]"), (0.01, "[>-----------]"), (0.5, "[=====>------]"),
    (0.99, "[==========>-]"), (1, "[============]"), (7, "[============]"),
    (.nan, "[------------]"),
  ])
  func theBarIsFullOnlyAtTheEnd(share: Double, line: String) {
    #expect(drawing(14, 1, .ascii) { Gauge(share: share).draw(on: &$0, in: $1) } == line)
  }

  @Test func nothingOutOfNothingIsEmpty() {
    #expect(Gauge(done: 3, total: 0).share == 0)
    #expect(Gauge(done: 1, total: 4).share == 0.25)
    drawAtEverySmallSize { Gauge(share: 0.5).draw(on: &$0, in: $1) }
  }
}
