// R boxes.

/// Boxes of one picture, some at a time.
///
/// A head knows no box from another. Where ten go through all of its layers before the next ten, what a layer leaves is still
/// in the cache when the next layer needs it, and threads have nothing to wait for.
enum BoxGroups {
  private static let boxesAtATime = 10

  /// Applies a head to all boxes.
  ///
  /// - Parameters:
  ///   - boxes: The boxes.
  ///   - pass: If somebody watches it, all boxes go at once.
  ///   - head: What is done with some boxes; the same number of rows for each.
  /// - Returns: The results one below the other, in the order of the boxes.
  static func apply(
    to boxes: [Box], _ pass: ForwardPass, _ head: ([Box]) -> Variable
  ) -> Variable {
    let count = (boxes.count + boxesAtATime - 1) / boxesAtATime
    guard !pass.isWatched, count > 1 else { return head(boxes) }
    var parts = [Tensor?](repeating: nil, count: count)
    withoutActuallyEscaping(head) { head in
      parts.withUnsafeMutableBufferPointer { parts in
        // Each group writes its own part; the weights and maps that the head reads are not written.
        nonisolated(unsafe) let (parts, head) = (parts, head)
        inThreads(count) { groups in
          for group in groups {
            let own = (group * boxes.count / count)..<((group + 1) * boxes.count / count)
            parts[group] = head(Array(boxes[own])).value
          }
        }
      }
    }
    return Variable(Tensor.joined(parts.compactMap(\.self)))
  }
}
