// B images, H × W the token grid, C channels, hd head size, w the side of a window.

/// Attention within square windows of the token grid, without cutting the grid up.
///
/// Gives what `windowPartition`, `attentionCore` and `windowUnpartition` give. What follows from padding is not computed: a padded token is 0, so its queries, keys and values are the bias, and nobody asks what it attends to.
/// One head's rows of a window are brought together in the cache, and the result goes to its place in the grid.
///
/// - Parameters:
///   - qkv: `[B, H, W, 3·C]`.
///   - padding: `[3·C]`, the queries, keys and values of a padded token.
///   - windowSize: The side of a window, in tokens.
///   - heads: The number of heads.
///   - tables: The relative positions, if used.
/// - Returns: `[B, H, W, C]`.
/// - Precondition: The sizes agree.
func attentionInWindows(
  _ qkv: Tensor, padding: Tensor, windowSize: Int, heads: Int, tables: RelativePositionTables?
) -> Tensor {
  let grid = MapSteps(qkv.shape)
  let channels = grid.column / 3
  let side = Extent(height: windowSize, width: windowSize)
  // One head of one window is a group of its own.
  let layout = AttentionLayout(qkv: [1, side.area, 3 * (channels / heads)], heads: 1, extent: side)
  let reversed = tables?.reversed
  let across = (grid.width + windowSize - 1) / windowSize
  let perImage = across * ((grid.height + windowSize - 1) / windowSize)
  return Tensor(shape: [grid.images, grid.height, grid.width, channels]) { output in
    nonisolated(unsafe) let output = output
    inThreads(grid.images * perImage * heads) { items in
      let size = AttentionTile.Size(
        layout, queries: AttentionTile.queries, keys: AttentionTile.keys)
      var memory = Tensor(zeros: [size.count])
      var rows = Tensor(zeros: [side.area, layout.rowStride])
      var mixed = Tensor(zeros: [side.area, layout.channels])
      memory.withMutablePointer { memory in
        var tile = AttentionTile(layout: layout, size: size, memory: memory)
        for item in items {
          let window = WindowOfGrid(
            grid: grid, side: windowSize, image: item / heads / perImage,
            index: item / heads % perImage, across: across)
          let head = item % heads * layout.headSize
          qkv.withPointer { qkv in
            padding.withPointer { padding in
              rows.withMutablePointer {
                window.gather(
                  qkv + head, padding: padding + head, parts: channels, length: layout.headSize,
                  into: $0)
              }
            }
          }
          rows.withPointer { rows in
            mixed.withMutablePointer { mixed in
              for first in stride(from: 0, to: window.height * windowSize, by: size.queries) {
                tile.queries = first..<min(first + size.queries, window.height * windowSize)
                tile.attend(rows, reversed, into: mixed)
              }
              window.scatter(
                mixed, length: layout.headSize, channels: channels, into: output + head)
            }
          }
        }
      }
    }
  }
}

/// A window's place in the token grid.
private struct WindowOfGrid {
  let grid: MapSteps
  let side: Int
  /// The grid's token that is the window's first.
  let first: Int
  /// How many of its rows and columns lie in the grid.
  let height: Int
  let width: Int

  init(grid: MapSteps, side: Int, image: Int, index: Int, across: Int) {
    (self.grid, self.side) = (grid, side)
    let (row, column) = (index / across * side, index % across * side)
    first = (image * grid.height + row) * grid.width + column
    height = min(side, grid.height - row)
    width = min(side, grid.width - column)
  }

  /// Writes one head's queries, keys and values of each token as `[w·w, 3·hd]`.
  func gather(
    _ qkv: UnsafePointer<Float>, padding: UnsafePointer<Float>, parts channels: Int, length: Int,
    into rows: UnsafeMutablePointer<Float>
  ) {
    for token in 0..<(side * side) {
      let (row, column) = (token / side, token % side)
      let isReal = row < height && column < width
      let from = isReal ? qkv + (first + row * grid.width + column) * grid.column : padding
      for part in 0..<3 {
        (rows + (3 * token + part) * length).update(from: from + part * channels, count: length)
      }
    }
  }

  /// Copies what the window's real tokens got, `[w·w, hd]`, into a map with more channels.
  func scatter(
    _ mixed: UnsafePointer<Float>, length: Int, channels: Int,
    into output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<height {
      for column in 0..<width {
        (output + (first + row * grid.width + column) * channels).update(
          from: mixed + (row * side + column) * length, count: length)
      }
    }
  }
}
