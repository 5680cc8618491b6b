internal import CKernels
internal import COpenBLAS

/// Deals `count` pieces of work out to threads, in stretches of at least `least`.
///
/// No more threads are used than the matrix library may use at the moment, so one setting holds for both. There are more
/// stretches than threads, so that one which is late or slow leaves more to the others. What a piece computes must
/// not depend on the stretch that it is in.
func inThreads(_ count: Int, atLeast least: Int = 1, _ body: @Sendable (Range<Int>) -> Void) {
  let threads = Int(openblas_get_num_threads())
  let stretches = min(threads > 1 ? 4 * threads : 1, count / max(least, 1))
  if stretches <= 1 { return body(0..<count) }
  deal(count, stretches: stretches, threads: threads, body)
}

/// Deals out pieces of work in stretches of almost the same size, to as many threads.
func deal(_ count: Int, stretches: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void) {
  withoutActuallyEscaping(body) { body in
    var deal = Deal(count: count, stretches: stretches, body: body)
    withUnsafeMutablePointer(to: &deal) {
      vd_in_threads(stretches, threads, { Deal.work($0, stretch: $1) }, $0)
    }
  }
}

/// What the threads need to know.
private struct Deal {
  let count: Int
  let stretches: Int
  let body: @Sendable (Range<Int>) -> Void

  static func work(_ deal: UnsafeMutableRawPointer?, stretch: Int) {
    guard let deal = deal?.assumingMemoryBound(to: Deal.self).pointee else { return }
    deal.body(
      (stretch * deal.count / deal.stretches)..<((stretch + 1) * deal.count / deal.stretches))
  }
}
