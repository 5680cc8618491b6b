internal import CKernels

// S_h × S_w tokens in a group, N = S_h·S_w, hd head size; q queries and k keys in a tile.

/// The forward half of `attentionCore` without the probabilities.
///
/// Some queries meet some keys at a time, so the `N²` logits of a head never exist. A softmax needs the largest logit
/// and the sum of a whole row; both are kept as they are so far, and what was summed up with an older
/// largest logit is scaled down. What the values give is divided by the sum at the end, which is less work than to divide
/// the weights. Heads, windows and stretches of queries are dealt out to threads.
///
/// Source: Milakov and Gimelshein, Online normalizer calculation for softmax; Dao et al., FlashAttention.
///
/// - Parameters:
///   - qkv: `[G, N, 3·C]`.
///   - layout: Where queries, keys and values lie.
///   - tables: The relative positions, if used.
///   - queries: The queries of a tile.
///   - keys: The keys of a tile, rounded to whole rows of the token grid.
/// - Returns: `[G, N, C]`.
func attentionTiles(
  _ qkv: Tensor, layout: AttentionLayout, tables: RelativePositionTables?, queries: Int = 128,
  keys: Int = 256
) -> Tensor {
  let stretches = (layout.tokens + queries - 1) / queries
  let offsets = tables.map(AttentionTile.Offsets.init)
  return Tensor(shape: [layout.groups, layout.tokens, layout.channels]) { output in
    nonisolated(unsafe) let output = output
    inThreads(layout.heads * layout.groups * stretches) { items in
      var tile = AttentionTile(layout: layout, offsets: offsets, queries: queries, keys: keys)
      for item in items {
        tile.head = item / stretches / layout.groups
        tile.group = item / stretches % layout.groups
        let first = item % stretches * queries
        tile.queries = first..<min(first + queries, layout.tokens)
        qkv.withPointer { tile.attend($0, into: output) }
      }
    }
  }
}

/// Some queries of one head in one group, and the memory for what they make.
struct AttentionTile {
  /// The rows of both relative-position tables in reverse, so that those of the keys 0, 1, 2, … stand side by side.
  struct Offsets: Sendable {
    /// `[T, hd]`: the heights, zeros up to a multiple of 16, the widths.
    let rows: Tensor
    /// The first row of the widths.
    let widthStart: Int

    init(_ tables: RelativePositionTables) {
      let (height, width) = (tables.height.value, tables.width.value)
      let between = height.shape[0].roundedUp(to: 16) - height.shape[0]
      let rows = Tensor.joined([width, Tensor(zeros: [between, width.shape[1]]), height])
      self.rows = rows.rowsReversed()
      widthStart = height.shape[0] + between
    }
  }

  let layout: AttentionLayout
  var head = 0
  var group = 0
  var queries = 0..<0
  private let offsets: Offsets?
  /// The rows of the token grid whose keys are met at a time.
  private let keyRows: Int
  // Rows begin at multiples of 16 numbers, and are followed by as many.
  private let logits: Scratch  // [q, k]
  private let terms: Scratch  // [q, T]
  // [q]: the largest logit so far, and the sum of exponentials.
  private let largest: Scratch
  private let sums: Scratch

  init(layout: AttentionLayout, offsets: Offsets?, queries: Int, keys: Int) {
    (self.layout, self.offsets) = (layout, offsets)
    keyRows = min(max(1, keys / layout.extent.width), layout.extent.height)
    let rows = min(queries, layout.tokens)
    logits = Scratch(rows: rows, columns: keyRows * layout.extent.width)
    terms = Scratch(rows: rows, columns: offsets?.rows.shape[0] ?? 0)
    largest = Scratch(rows: 1, columns: rows)
    sums = Scratch(rows: 1, columns: rows)
  }

  func attend(_ qkv: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>) {
    if let offsets {
      offsets.rows.withPointer { rows in
        multiply(
          rows: queries.count, inner: layout.headSize, columns: offsets.rows.shape[0],
          matrix(.query, of: qkv, token: queries.lowerBound),
          Matrix(rows, rowStride: layout.headSize).transpose, into: terms.start,
          resultStride: terms.stride, isPadded: true)
      }
    }
    let output = output + layout.outputOffset(head: head, group: group, token: queries.lowerBound)
    for first in stride(from: 0, to: layout.extent.height, by: keyRows) {
      meet(keyRows: first..<min(first + keyRows, layout.extent.height), of: qkv, into: output)
    }
    vd_divide_rows(output, queries.count, layout.channels, layout.headSize, sums.start)
  }

  private func matrix(
    _ part: AttentionLayout.Part, of qkv: UnsafePointer<Float>, token: Int
  ) -> Matrix {
    Matrix(
      qkv + layout.offset(part, head: head, group: group, token: token),
      rowStride: layout.rowStride)
  }

  /// Lets the queries meet the keys of some rows of the grid, and adds what they give to the output.
  private func meet(
    keyRows rows: Range<Int>, of qkv: UnsafePointer<Float>,
    into output: UnsafeMutablePointer<Float>
  ) {
    let extent = layout.extent
    let (firstKey, keys) = (rows.lowerBound * extent.width, rows.count * extent.width)
    let isFirst = rows.lowerBound == 0
    if let offsets {
      var grid = vd_attention_grid(height: extent.height, width: extent.width)
      vd_attention_terms(
        &grid, queries.lowerBound, queries.count, rows.lowerBound, rows.count, terms.start,
        terms.stride, offsets.widthStart, logits.start, logits.stride)
    }
    multiply(
      rows: queries.count, inner: layout.headSize, columns: keys,
      matrix(.query, of: qkv, token: queries.lowerBound),
      matrix(.key, of: qkv, token: firstKey).transpose, into: logits.start,
      resultStride: logits.stride, isPadded: true, scale: layout.scale,
      keep: offsets == nil ? 0 : 1)
    vd_attention_exponentials(
      logits.start, queries.count, keys, logits.stride, isFirst ? 1 : 0, largest.start, sums.start,
      output, layout.channels, layout.headSize)
    multiply(
      rows: queries.count, inner: keys, columns: layout.headSize,
      Matrix(logits.start, rowStride: logits.stride), matrix(.value, of: qkv, token: firstKey),
      into: output, resultStride: layout.channels, keep: isFirst ? 0 : 1)
  }
}
