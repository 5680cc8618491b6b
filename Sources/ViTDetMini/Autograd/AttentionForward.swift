internal import CKernels

/// The most logits computed at a time: few enough to stay in the cache, many enough for a quick matrix product.
private let logitsAtATime = 1 << 19

/// The forward half of `attentionCore`.
///
/// Logits are made, turned into probabilities and used a block of queries at a time, so that
/// the `N²` numbers of a head never exist all at once unless they are to be kept.
func attentionForward(
  _ qkv: Tensor, layout: AttentionLayout, tables: RelativePositionTables?,
  probabilities: inout Tensor?
) -> Tensor {
  let tokens = layout.tokens
  let block = max(1, min(tokens, logitsAtATime / max(tokens, 1)))
  var rows = Tensor(zeros: [block, tokens])
  return Tensor(shape: [layout.groups, tokens, layout.channels]) { output in
    for head in 0..<layout.heads {
      let terms = tables.map { RelativeTerms(of: qkv, head: head, tables: $0, layout: layout) }
      for group in 0..<layout.groups {
        for first in stride(from: 0, to: tokens, by: block) {
          let queries = first..<min(first + block, tokens)
          rows.withMutablePointer { rows in
            attend(
              qkv, layout: layout, head: head, group: group, queries: queries, terms: terms,
              rows: rows, into: output)
            let offset = layout.probabilitiesOffset(head: head, group: group, token: first)
            probabilities?.withMutablePointer {
              ($0 + offset).update(from: rows, count: queries.count * tokens)
            }
          }
        }
      }
    }
  }
}

/// One block of queries of one head: logits, probabilities, weighted values.
private func attend(
  _ qkv: Tensor, layout: AttentionLayout, head: Int, group: Int, queries: Range<Int>,
  terms: RelativeTerms?, rows: UnsafeMutablePointer<Float>, into output: UnsafeMutablePointer<Float>
) {
  let (tokens, extent) = (layout.tokens, layout.extent)
  qkv.withPointer { qkv in
    func matrix(_ part: AttentionLayout.Part, token: Int = 0) -> Matrix {
      Matrix(
        qkv + layout.offset(part, head: head, group: group, token: token),
        rowStride: layout.rowStride)
    }
    multiply(
      rows: queries.count, inner: layout.headSize, columns: tokens,
      matrix(.query, token: queries.lowerBound), matrix(.key).transpose, into: rows,
      resultStride: tokens, scale: layout.scale)
    for (line, token) in queries.enumerated() {
      let logits = rows + line * tokens
      if let terms {
        terms.withTerms(group: group, token: token) { height, width in
          vd_attention_softmax_row(logits, extent.height, extent.width, height, width)
        }
      } else {
        vd_attention_softmax_row(logits, extent.height, extent.width, nil, nil)
      }
    }
    let offset = (group * tokens + queries.lowerBound) * layout.channels + head * layout.headSize
    multiply(
      rows: queries.count, inner: tokens, columns: layout.headSize,
      Matrix(rows, rowStride: tokens), matrix(.value), into: output + offset,
      resultStride: layout.channels)
  }
}
