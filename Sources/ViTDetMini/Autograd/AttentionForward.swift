internal import CKernels

/// The forward half of `attentionCore` with all probabilities, `[G, nH, N, N]`, for gradients and for whoever wants to see
/// them.
func attentionForward(
  _ qkv: Tensor, layout: AttentionLayout, tables: RelativePositionTables?
) -> (output: Tensor, probabilities: Tensor) {
  let (tokens, extent) = (layout.tokens, layout.extent)
  var probabilities = Tensor(zeros: [0])
  let output = Tensor(shape: [layout.groups, tokens, layout.channels]) { output in
    probabilities = Tensor(shape: layout.probabilitiesShape) { probabilities in
      nonisolated(unsafe) let (output, probabilities, tables) = (output, probabilities, tables)
      layout.forEachHead { head in
        let terms = tables.map { RelativeTerms(of: qkv, head: head, tables: $0, layout: layout) }
        for group in 0..<layout.groups {
          qkv.withPointer { qkv in
            func matrix(_ part: AttentionLayout.Part) -> Matrix {
              Matrix(
                qkv + layout.offset(part, head: head, group: group), rowStride: layout.rowStride)
            }
            let rows = probabilities + layout.probabilitiesOffset(head: head, group: group)
            multiply(
              rows: tokens, inner: layout.headSize, columns: tokens, matrix(.query),
              matrix(.key).transpose, into: rows, resultStride: tokens, scale: layout.scale)
            for token in 0..<tokens {
              let logits = rows + token * tokens
              if let terms {
                terms.withTerms(group: group, token: token) { height, width in
                  vd_attention_softmax_row(logits, extent.height, extent.width, height, width)
                }
              } else {
                vd_attention_softmax_row(logits, extent.height, extent.width, nil, nil)
              }
            }
            multiply(
              rows: tokens, inner: tokens, columns: layout.headSize,
              Matrix(rows, rowStride: tokens), matrix(.value),
              into: output + layout.outputOffset(head: head, group: group),
              resultStride: layout.channels)
          }
        }
      }
    }
  }
  return (output, probabilities)
}
