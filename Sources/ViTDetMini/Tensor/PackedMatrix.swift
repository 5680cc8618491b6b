internal import CKernels

/// A weight in the order in which the product's kernel reads it, for inputs that come one after another.
///
/// A product copies its right matrix into that order anyway, which for a few hundred rows takes a tenth of its time.
final class PackedMatrix: Sendable {
  /// The most numbers of a weight that is worth a second copy of it: with more, the rows are many too, or memory is short.
  static let most = 1 << 18

  /// What `vd_multiply` reads; nobody writes it again.
  nonisolated(unsafe) let panels: UnsafeMutablePointer<Float>

  /// Copies the rows of a weight, `[O, I]`, which are columns of the product's right matrix.
  init(_ weight: Tensor) {
    let outputs = weight.shape[0]
    let inner = weight.count / max(outputs, 1)
    let level = vd_processor_level()
    panels = weight.withPointer { weight in
      var product = vd_product()
      product.inner = .line(inner, left: 1, other: 1)
      (product.columns, product.right, product.right_column) = (outputs, weight, inner)
      let bytes = max(vd_packed_count(&product, level), 1) * MemoryLayout<Float>.stride
      let panels = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        .assumingMemoryBound(to: Float.self)
      vd_pack(&product, level, panels)
      return panels
    }
  }

  deinit { panels.deallocate() }
}
