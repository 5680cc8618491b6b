extension RunLengthMask {
  /// The pixels inside this mask or the other.
  public func union(_ other: RunLengthMask) -> RunLengthMask { combined(other) { $0 || $1 } }

  /// The pixels inside both masks.
  public func intersection(_ other: RunLengthMask) -> RunLengthMask { combined(other) { $0 && $1 } }

  /// The union of masks of one picture; nil for none.
  public static func union(_ masks: [RunLengthMask]) -> RunLengthMask? {
    guard let first = masks.first else { return nil }
    return masks.dropFirst().reduce(first) { $0.union($1) }
  }

  private func combined(
    _ other: RunLengthMask, _ rule: (Bool, Bool) -> Bool
  ) -> RunLengthMask {
    var result: [Int] = []
    var (isInside, run) = (false, 0)
    walk(other) { length, here, there in
      if rule(here, there) != isInside {
        result.append(run)
        (isInside, run) = (!isInside, 0)
      }
      run += length
    }
    result.append(run)
    return RunLengthMask(width: width, height: height, counts: result)
  }

  /// Intersection over union with a ground-truth mask.
  ///
  /// Against a crowd region it is the part of this mask inside the region, since a crowd is allowed to be larger.
  ///
  /// Source: pycocotools, `common/maskApi.c`, `rleIou`.
  public func iou(_ truth: RunLengthMask, isCrowd: Bool = false) -> Double {
    guard bounds.intersection(with: truth.bounds) > 0 else { return 0 }
    var (shared, either) = (0, 0)
    walk(truth) { length, here, there in
      if here && there { shared += length }
      if here || there { either += length }
    }
    return shared == 0 ? 0 : Double(shared) / Double(isCrowd ? area : either)
  }

  /// Goes through the pieces on which neither mask changes.
  private func walk(
    _ other: RunLengthMask, _ visit: (_ length: Int, _ here: Bool, _ there: Bool) -> Void
  ) {
    precondition(
      width == other.width && height == other.height,
      "masks of \(width)x\(height) and \(other.width)x\(other.height)")
    var (mine, theirs) = (0, 0)
    var (myRest, theirRest) = (counts.first ?? 0, other.counts.first ?? 0)
    while mine < counts.count && theirs < other.counts.count {
      let length = min(myRest, theirRest)
      if length > 0 { visit(length, mine % 2 == 1, theirs % 2 == 1) }
      myRest -= length
      theirRest -= length
      if myRest == 0 {
        mine += 1
        myRest = mine < counts.count ? counts[mine] : 0
      }
      if theirRest == 0 {
        theirs += 1
        theirRest = theirs < other.counts.count ? other.counts[theirs] : 0
      }
    }
  }
}
