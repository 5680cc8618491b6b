internal import CKernels

// S_h × S_w tokens in a group, N = S_h·S_w, hd head size; q queries and k keys in a tile.

/// The forward half of `attentionCore` without the probabilities.
///
/// Some queries meet some keys at a time, so the `N²` logits of a head never exist. A softmax needs the largest logit
/// and the sum of a whole row; both are kept as they are so far, and what was summed up with an older
/// largest logit is scaled down. Where a tile has room for all keys, the result is that of whole rows, bit for bit.
/// Heads, windows and stretches of queries are dealt out to threads.
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
  _ qkv: Tensor, layout: AttentionLayout, tables: RelativePositionTables?, queries: Int = 256,
  keys: Int = 256
) -> Tensor {
  let stretches = (layout.tokens + queries - 1) / queries
  let reversed = tables?.reversed
  return Tensor(shape: [layout.groups, layout.tokens, layout.channels]) { output in
    nonisolated(unsafe) let output = output
    inThreads(layout.heads * layout.groups * stretches) { items in
      let size = AttentionTile.Size(layout, queries: queries, keys: keys)
      var memory = Tensor(zeros: [size.count])
      memory.withMutablePointer { memory in
        var tile = AttentionTile(layout: layout, size: size, memory: memory)
        for item in items {
          tile.head = item / stretches / layout.groups
          tile.group = item / stretches % layout.groups
          let first = item % stretches * queries
          tile.queries = first..<min(first + queries, layout.tokens)
          qkv.withPointer { tile.attend($0, reversed, into: output) }
        }
      }
    }
  }
}

/// Some queries of one head in one group, and the memory for what they make.
struct AttentionTile {
  /// The usual numbers of queries and keys that meet at a time.
  static let (queries, keys) = (64, 256)

  /// How many numbers the parts of its memory have.
  struct Size {
    let queries: Int
    /// The rows of the token grid whose keys are met at a time.
    let keyRows: Int
    let heightTerms: Int
    let widthTerms: Int
    let logits: Int
    var count: Int { logits + queries * (heightTerms + widthTerms + 2) }

    init(_ layout: AttentionLayout, queries: Int, keys: Int) {
      let extent = layout.extent
      self.queries = min(queries, layout.tokens)
      keyRows = min(max(1, keys / extent.width), extent.height)
      heightTerms = 2 * extent.height - 1
      widthTerms = 2 * extent.width - 1
      logits = self.queries * keyRows * extent.width
    }
  }

  let layout: AttentionLayout
  let size: Size
  var head = 0
  var group = 0
  var queries = 0..<0
  // [q, k]
  private let logits: UnsafeMutablePointer<Float>
  // [q, 2·S_h − 1] and [q, 2·S_w − 1]
  private let heightTerms: UnsafeMutablePointer<Float>
  private let widthTerms: UnsafeMutablePointer<Float>
  // [q]: the largest logit so far, and the sum of exponentials.
  private let largest: UnsafeMutablePointer<Float>
  private let sums: UnsafeMutablePointer<Float>

  init(layout: AttentionLayout, size: Size, memory: UnsafeMutablePointer<Float>) {
    (self.layout, self.size) = (layout, size)
    logits = memory
    heightTerms = logits + size.logits
    widthTerms = heightTerms + size.queries * size.heightTerms
    largest = widthTerms + size.queries * size.widthTerms
    sums = largest + size.queries
  }

  func attend(
    _ qkv: UnsafePointer<Float>, _ tables: (height: Tensor, width: Tensor)?,
    into output: UnsafeMutablePointer<Float>
  ) {
    if let tables {
      multiplyQueries(of: qkv, with: tables.height, into: heightTerms)
      multiplyQueries(of: qkv, with: tables.width, into: widthTerms)
    }
    let output = output + layout.outputOffset(head: head, group: group, token: queries.lowerBound)
    for first in stride(from: 0, to: layout.extent.height, by: size.keyRows) {
      meet(
        keyRows: first..<min(first + size.keyRows, layout.extent.height), of: qkv,
        hasTerms: tables != nil, into: output)
    }
    for query in 0..<queries.count {
      vd_scale(output + query * layout.channels, 1 / sums[query], layout.headSize)
    }
  }

  private func matrix(
    _ part: AttentionLayout.Part, of qkv: UnsafePointer<Float>, token: Int
  ) -> Matrix {
    Matrix(
      qkv + layout.offset(part, head: head, group: group, token: token),
      rowStride: layout.rowStride)
  }

  /// The products of the queries with a table whose rows are in reverse.
  private func multiplyQueries(
    of qkv: UnsafePointer<Float>, with table: Tensor, into terms: UnsafeMutablePointer<Float>
  ) {
    table.withPointer { numbers in
      multiply(
        rows: queries.count, inner: layout.headSize, columns: table.shape[0],
        matrix(.query, of: qkv, token: queries.lowerBound),
        Matrix(numbers, rowStride: layout.headSize).transpose, into: terms,
        resultStride: table.shape[0])
    }
  }

  /// Lets the queries meet the keys of some rows of the grid, and adds what they give to the output.
  private func meet(
    keyRows rows: Range<Int>, of qkv: UnsafePointer<Float>, hasTerms: Bool,
    into output: UnsafeMutablePointer<Float>
  ) {
    let width = layout.extent.width
    let (firstKey, keys) = (rows.lowerBound * width, rows.count * width)
    let isFirst = rows.lowerBound == 0
    let isLast = rows.upperBound == layout.extent.height
    multiply(
      rows: queries.count, inner: layout.headSize, columns: keys,
      matrix(.query, of: qkv, token: queries.lowerBound),
      matrix(.key, of: qkv, token: firstKey).transpose, into: logits, resultStride: keys,
      scale: layout.scale)
    for (line, token) in queries.enumerated() {
      let starts = layout.termStarts(token: token)
      let height = heightTerms + line * size.heightTerms + starts.height + rows.lowerBound
      vd_attention_tile_row(
        logits + line * keys, rows.count, width, hasTerms ? height : nil,
        hasTerms ? widthTerms + line * size.widthTerms + starts.width : nil, isFirst ? 1 : 0,
        isLast ? 1 : 0, largest + line, sums + line, output + line * layout.channels,
        layout.headSize)
    }
    multiply(
      rows: queries.count, inner: keys, columns: layout.headSize, Matrix(logits, rowStride: keys),
      matrix(.value, of: qkv, token: firstKey), into: output, resultStride: layout.channels,
      keep: isFirst ? 0 : 1)
  }
}
