import Testing

@testable import ViTDetMini

@Suite struct AttentionInWindowsTests {
  /// Grids that windows fill, that they reach beyond on either side, and a window larger than a tile of queries.
  static let cases: [(grid: [Int], side: Int)] = [
    ([1, 4, 6], 2), ([2, 5, 7], 3), ([1, 2, 3], 4), ([1, 19, 20], 18),
  ]

  @Test(arguments: cases, [false, true])
  func agreesWithCuttingTheGridUp(_ given: (grid: [Int], side: Int), relative: Bool) {
    let (channels, heads) = (6, 2)
    let x = Variable(numbers(given.grid + [channels], seed: 1))
    let weight = Variable(numbers([3 * channels, channels], seed: 2))
    let bias = Variable(numbers([3 * channels], seed: 3))
    let length = 2 * given.side - 1
    let tables =
      relative
      ? RelativePositionTables(
        height: Variable(numbers([length, 3], seed: 4)),
        width: Variable(numbers([length, 3], seed: 5))) : nil
    let windows = windowPartition(x, windowSize: given.side).windows
    let extent = Extent(height: given.side, width: given.side)
    let rows = linearMap(windows, weight: weight, bias: bias)
    let mixed = attentionCore(
      rows.reshaped(to: [windows.shape[0], extent.area, 3 * channels]), heads: heads,
      extent: extent, tables: tables)
    let expected = windowUnpartition(
      mixed.output.value.reshaped(to: windows.shape),
      grid: Extent(height: given.grid[1], width: given.grid[2]))
    let found = attentionInWindows(
      linearMap(x, weight: weight, bias: bias).value, padding: bias.value, windowSize: given.side,
      heads: heads, tables: tables)
    expectClose(found, expected, tolerance: 2e-6)
  }

  @Test func aBackboneThatNobodyWatchesGivesWhatAWatchedOneGives() {
    // 5 × 4 tokens in windows of 2, with and without a bias of queries, keys and values.
    for qkvBias in [true, false] {
      var configuration = ViTConfiguration.small
      configuration.qkvBias = qkvBias
      let model = ViT(configuration, seed: 1, relativePositionDeviation: 0.5)
      let image = Variable(numbers([2, 20, 16, 3]))
      let watched = model(image, recorder: Recorder()).value
      expectClose(model(image).value, watched, tolerance: 2e-6)
    }
  }
}
