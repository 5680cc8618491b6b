internal import CKernels

// G groups, S_h × S_w tokens in a group, N = S_h·S_w, hd head size.

/// The products of one head's queries with every row of both relative-position tables.
///
/// Each query meets `2·S − 1` rows per axis instead of every key, so the terms cost `N·(S_h + S_w)` products where
/// a table of all pairs would cost `N²`. Rows are kept in reverse, so that the terms of one query for
/// the keys 0, 1, 2, … stand side by side, beginning at `S − 1 − position`.
struct RelativeTerms {
  let layout: AttentionLayout
  // [G·N, 2·S_h − 1]
  private var height: Tensor
  // [G·N, 2·S_w − 1]
  private var width: Tensor

  /// All terms 0, to gather gradients in.
  init(zerosFor layout: AttentionLayout) {
    self.layout = layout
    let rows = layout.groups * layout.tokens
    height = Tensor(zeros: [rows, 2 * layout.extent.height - 1])
    width = Tensor(zeros: [rows, 2 * layout.extent.width - 1])
  }

  /// The terms of one head.
  init(of qkv: Tensor, head: Int, tables: RelativePositionTables, layout: AttentionLayout) {
    self.layout = layout
    func products(with table: Tensor) -> Tensor {
      let reversed = table.rowsReversed()
      let (offsets, rows) = (table.shape[0], layout.groups * layout.tokens)
      return Tensor(shape: [rows, offsets]) { result in
        qkv.withPointer { qkv in
          reversed.withPointer { table in
            multiply(
              rows: rows, inner: layout.headSize, columns: offsets,
              Matrix(qkv + layout.offset(.query, head: head), rowStride: layout.rowStride),
              Matrix(table, rowStride: layout.headSize).transpose, into: result,
              resultStride: offsets)
          }
        }
      }
    }
    height = products(with: tables.height.value)
    width = products(with: tables.width.value)
  }

  /// Gives the terms of one query for the key rows and for the key columns, from the first to the last.
  func withTerms(
    group: Int, token: Int, _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Void
  ) {
    let (heightOffset, widthOffset) = offsets(group: group, token: token)
    height.withPointer { height in
      width.withPointer { body(height + heightOffset, $0 + widthOffset) }
    }
  }

  /// Adds the gradients of one group's logits, `[N, N]`: each term served a row or a column of keys.
  mutating func add(_ dLogits: Tensor, group: Int) {
    let (tokens, extent) = (layout.tokens, layout.extent)
    let starts = (0..<tokens).map { offsets(group: group, token: $0) }
    dLogits.withPointer { dLogits in
      height.withMutablePointer { height in
        width.withMutablePointer { width in
          for token in 0..<tokens {
            vd_relative_backward_row(
              dLogits + token * tokens, extent.height, extent.width,
              height + starts[token].height, width + starts[token].width)
          }
        }
      }
    }
  }

  private func offsets(group: Int, token: Int) -> (height: Int, width: Int) {
    let extent = layout.extent
    let row = group * layout.tokens + token
    let starts = layout.termStarts(token: token)
    return (
      row * (2 * extent.height - 1) + starts.height, row * (2 * extent.width - 1) + starts.width
    )
  }

  /// The gradients of the terms by axis, with the table's rows in reverse.
  fileprivate var byAxis: (height: Tensor, width: Tensor) { (height, width) }
}

/// What the heads contribute to the gradients of both tables.
struct RelativeTableGradients: Sendable {
  private(set) var height: Tensor
  private(set) var width: Tensor

  /// One head's share; what its queries get through the terms is added to `dQKV`.
  init(
    _ terms: RelativeTerms, of qkv: Tensor, head: Int, tables: RelativePositionTables,
    dQKV: UnsafeMutablePointer<Float>
  ) {
    let layout = terms.layout
    func pullBack(_ dTerms: Tensor, table: Tensor) -> Tensor {
      let reversed = table.rowsReversed()
      let (rows, offsets) = (dTerms.shape[0], dTerms.shape[1])
      let query = layout.offset(.query, head: head)
      return dTerms.withPointer { dTerms in
        let gradient = Matrix(dTerms, rowStride: offsets)
        // dQ += dT·R
        reversed.withPointer { table in
          multiply(
            rows: rows, inner: offsets, columns: layout.headSize, gradient,
            Matrix(table, rowStride: layout.headSize), into: dQKV + query,
            resultStride: layout.rowStride, keep: 1)
        }
        // dR = dTᵀ·Q
        return Tensor(shape: table.shape) { result in
          qkv.withPointer { qkv in
            multiply(
              rows: offsets, inner: rows, columns: layout.headSize, gradient.transpose,
              Matrix(qkv + query, rowStride: layout.rowStride), into: result,
              resultStride: layout.headSize)
          }
        }.rowsReversed()
      }
    }
    height = pullBack(terms.byAxis.height, table: tables.height.value)
    width = pullBack(terms.byAxis.width, table: tables.width.value)
  }

  /// Adds another head's share.
  mutating func add(_ other: RelativeTableGradients) {
    height.add(other.height)
    width.add(other.width)
  }
}

extension Tensor {
  /// The entries of the first axis in reverse order.
  func rowsReversed() -> Tensor {
    let row = shape.dropFirst().reduce(1, *)
    return Tensor(shape: shape) { result in
      withPointer { source in
        for index in 0..<shape[0] {
          (result + index * row).update(from: source + (shape[0] - 1 - index) * row, count: row)
        }
      }
    }
  }
}
