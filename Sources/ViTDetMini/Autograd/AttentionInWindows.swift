internal import CKernels

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
  let windows = WindowLayout(of: qkv.shape, windowSize: windowSize)
  let channels = qkv.shape[3] / 3
  let side = Extent(height: windowSize, width: windowSize)
  // One head of one window is a group of its own.
  let layout = AttentionLayout(qkv: [1, side.area, 3 * (channels / heads)], heads: 1, extent: side)
  let offsets = tables.map(AttentionTile.Offsets.init)
  let queries = 64
  return Tensor(shape: qkv.shape.dropLast() + [channels]) { output in
    nonisolated(unsafe) let output = output
    inThreads(windows.count * heads) { items in
      let rows = Scratch(rows: side.area, columns: layout.rowStride)
      let mixed = Scratch(rows: side.area, columns: layout.channels)
      var tile = AttentionTile(layout: layout, offsets: offsets, queries: queries, keys: 256)
      for item in items {
        let place = windows.place(item / heads)
        let head = item % heads * layout.headSize
        qkv.withPointer { qkv in
          padding.withPointer { padding in
            windows.gather(
              qkv + head, padding: padding + head, at: place, length: layout.headSize,
              into: rows.start)
          }
        }
        for first in stride(from: 0, to: place.height * windowSize, by: queries) {
          tile.queries = first..<min(first + queries, place.height * windowSize)
          tile.attend(rows.start, into: mixed.start)
        }
        windows.scatter(
          mixed.start, length: layout.headSize, channels: channels, at: place, into: output + head)
      }
    }
  }
}

extension WindowLayout {
  /// Writes one head's queries, keys and values of each token of a window as `[w·w, 3·hd]`.
  fileprivate func gather(
    _ qkv: UnsafePointer<Float>, padding: UnsafePointer<Float>, at place: Place, length: Int,
    into rows: UnsafeMutablePointer<Float>
  ) {
    for part in 0..<3 {
      let (qkv, padding) = (qkv + part * channels / 3, padding + part * channels / 3)
      for row in 0..<windowSize {
        let line = rows + (3 * row * windowSize + part) * length
        let real = row < place.height ? place.width : 0
        vd_copy_rows(
          qkv + (place.first + row * grid.width) * channels, channels, line, 3 * length, real,
          length)
        // The same row again and again.
        vd_copy_rows(
          padding, 0, line + 3 * real * length, 3 * length, windowSize - real, length)
      }
    }
  }

  /// Copies what a window's real tokens got, `[w·w, hd]`, into a map with more channels.
  fileprivate func scatter(
    _ mixed: UnsafePointer<Float>, length: Int, channels: Int, at place: Place,
    into output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<place.height {
      vd_copy_rows(
        mixed + row * windowSize * length, length,
        output + (place.first + row * grid.width) * channels, channels, place.width, length)
    }
  }
}
