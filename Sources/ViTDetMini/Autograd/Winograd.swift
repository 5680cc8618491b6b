internal import CKernels

// B images, H × W cells, I input and O output channels, t tiles.

/// A convolution with a 3 × 3 kernel and a step of 1 by a quarter of the multiplications, as `vd_winograd_forth` tells.
///
/// A few tiles of 4 × 4 results go forth, through the 36 products, and back while they are in the cache.
struct WinogradConvolution {
  /// Below that many tiles, going forth and back with the kernel costs more than it saves.
  private static let fewestTiles = 4
  /// Below that many channels, going forth and back with the tiles does.
  private static let fewestChannels = 32
  /// The tiles that are worked on at a time.
  private static let tilesAtATime = 48

  private let image: MapSteps
  private let result: MapSteps
  private let padding: Int
  // [36, I, O]
  private let kernel: Tensor

  /// Whether a convolution has this form, and is large enough.
  static func suits(_ layout: ConvolutionLayout) -> Bool {
    layout.kernel == Extent(side: 3) && layout.stride == 1
      && min(layout.inputs, layout.outputs) >= fewestChannels
      && tiles(of: layout.result) >= fewestTiles && vd_multiply_is_optimised() != 0
  }

  /// Takes a kernel to the points.
  ///
  /// - Parameters:
  ///   - weight: `[O, 3, 3, I]`.
  ///   - isTurned: Whether it is for the gradient of the image, so that I and O change places.
  ///   - shape: The map's, `[B, H, W, I]`.
  ///   - padding: The zeros around it, in cells.
  init(_ weight: Tensor, isTurned: Bool = false, image shape: [Int], padding: Int) {
    let (outputs, inputs) = (weight.shape[0], weight.shape[3])
    let columns = isTurned ? inputs : outputs
    image = MapSteps(shape)
    result = MapSteps([
      shape[0], shape[1] + 2 * padding - 2, shape[2] + 2 * padding - 2, columns,
    ])
    self.padding = padding
    kernel = Tensor(shape: [Int(VD_WINOGRAD_POINTS), image.column, columns]) { points in
      weight.withPointer { vd_winograd_kernel($0, outputs, inputs, isTurned ? 1 : 0, points) }
    }
  }

  /// The convolution, `[B, H', W', O]`, plus a bias `[O]` if there is one.
  func callAsFunction(_ x: Tensor, bias: Tensor? = nil) -> Tensor {
    Tensor(shape: result.shape) { output in
      x.withPointer { x in
        kernel.withPointer { kernel in
          bias.withPointer { bias in
            nonisolated(unsafe) let (x, kernel, bias, output) = (x, kernel, bias, output)
            inThreads(Self.tiles(of: result), atLeast: Self.tilesAtATime) { tiles in
              work(on: tiles, x, kernel, bias, into: output)
            }
          }
        }
      }
    }
  }

  private static func tiles(of result: MapSteps) -> Int {
    result.images * ((result.height + 3) / 4) * ((result.width + 3) / 4)
  }

  private func tiles(of map: MapSteps) -> vd_tiles {
    vd_tiles(
      tile_rows: (result.height + 3) / 4, tile_columns: (result.width + 3) / 4, height: map.height,
      width: map.width, channels: map.column, padding: padding)
  }

  /// Some tiles from the image to the result, on one thread.
  private func work(
    on tiles: Range<Int>, _ x: UnsafePointer<Float>, _ kernel: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>?, into output: UnsafeMutablePointer<Float>
  ) {
    let most = min(Self.tilesAtATime, tiles.count)
    // One vector more than it takes, or all points of a tile would fall on the same lines of the cache.
    let (stepForth, stepBack) = (most * image.column + 16, most * result.column + 16)
    let points = Int(VD_WINOGRAD_POINTS)
    var (from, to) = (self.tiles(of: image), self.tiles(of: result))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: points * (stepForth + stepBack)) {
      guard let forth = $0.baseAddress else { return }
      let back = forth + points * stepForth
      for first in stride(from: tiles.lowerBound, to: tiles.upperBound, by: most) {
        let count = min(most, tiles.upperBound - first)
        vd_winograd_forth(x, &from, first, count, forth, stepForth)
        for point in 0..<points {
          multiply(
            rows: count, inner: image.column, columns: result.column,
            Matrix(forth + point * stepForth, rowStride: image.column),
            Matrix(kernel + point * image.column * result.column, rowStride: result.column),
            into: back + point * stepBack, resultStride: result.column)
        }
        vd_winograd_back(back, stepBack, &to, first, count, bias, output)
      }
    }
  }
}
