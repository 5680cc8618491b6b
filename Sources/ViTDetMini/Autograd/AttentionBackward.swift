internal import CKernels
internal import Synchronization

/// The backward half of `attentionCore`: the gradients of `qkv` and of the tables.
func attentionBackward(
  _ gradient: Tensor, qkv: Tensor, layout: AttentionLayout, tables: RelativePositionTables?,
  probabilities: Tensor
) -> [Tensor?] {
  let found = Mutex<[Int: RelativeTableGradients]>([:])
  let dQKV = Tensor(shape: qkv.shape) { dQKV in
    nonisolated(unsafe) let (dQKV, tables) = (dQKV, tables)
    layout.forEachHead { head in
      var dLogits = Tensor(zeros: [layout.tokens, layout.tokens])
      var dTerms = tables.map { _ in RelativeTerms(zerosFor: layout) }
      for group in 0..<layout.groups {
        headBackward(
          gradient, qkv: qkv, layout: layout, head: head, group: group,
          probabilities: probabilities, dLogits: &dLogits, dQKV: dQKV)
        dTerms?.add(dLogits, group: group)
      }
      guard let tables, let dTerms else { return }
      let part = RelativeTableGradients(dTerms, of: qkv, head: head, tables: tables, dQKV: dQKV)
      found.withLock { $0[head] = part }
    }
  }
  // In order, since the last bits of a sum depend on it.
  let parts = found.withLock { found in (0..<layout.heads).compactMap { found[$0] } }
  guard var dTables = parts.first else { return [dQKV] }
  for part in parts.dropFirst() { dTables.add(part) }
  return [dQKV, dTables.height, dTables.width]
}

/// One head in one group: writes the gradients of its queries, keys and values, and of its logits.
private func headBackward(
  _ gradient: Tensor, qkv: Tensor, layout: AttentionLayout, head: Int, group: Int,
  probabilities: Tensor, dLogits: inout Tensor, dQKV: UnsafeMutablePointer<Float>
) {
  let (tokens, size) = (layout.tokens, layout.headSize)
  qkv.withPointer { qkv in
    func matrix(_ part: AttentionLayout.Part) -> Matrix {
      Matrix(qkv + layout.offset(part, head: head, group: group), rowStride: layout.rowStride)
    }
    gradient.withPointer { gradient in
      probabilities.withPointer { probabilities in
        dLogits.withMutablePointer { dLogits in
          func multiplyInto(
            _ part: AttentionLayout.Part, _ left: Matrix, _ right: Matrix, scale: Float
          ) {
            multiply(
              rows: tokens, inner: tokens, columns: size, left, right,
              into: dQKV + layout.offset(part, head: head, group: group),
              resultStride: layout.rowStride, scale: scale)
          }
          let p = probabilities + layout.probabilitiesOffset(head: head, group: group)
          let dOutput = Matrix(
            gradient + group * tokens * layout.channels + head * size,
            rowStride: layout.channels)
          // dV = Pᵀ·dO, dP = dO·Vᵀ
          multiplyInto(.value, Matrix(p, rowStride: tokens).transpose, dOutput, scale: 1)
          multiply(
            rows: tokens, inner: size, columns: tokens, dOutput, matrix(.value).transpose,
            into: dLogits, resultStride: tokens)
          // dL = P ⊙ (dP − Σ P ⊙ dP), row by row
          for token in 0..<tokens {
            vd_softmax_backward_row(p + token * tokens, dLogits + token * tokens, tokens)
          }
          // dQ = scale·dL·K, dK = scale·dLᵀ·Q
          let dL = Matrix(dLogits, rowStride: tokens)
          multiplyInto(.query, dL, matrix(.key), scale: layout.scale)
          multiplyInto(.key, dL.transpose, matrix(.query), scale: layout.scale)
        }
      }
    }
  }
}
