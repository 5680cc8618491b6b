import CKernels
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import ViTDetMini

/// Work dealt out to several threads, whatever else is going on.
@Suite struct ThreadsTests {
  /// How often each piece is done, and by how many threads.
  private func timesDone(
    _ count: Int, stretches: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void = { _ in }
  ) -> [Int] {
    let done = Mutex([Int](repeating: 0, count: count))
    deal(count, stretches: stretches, threads: threads) { part in
      body(part)
      done.withLock { done in
        for piece in part { done[piece] += 1 }
      }
    }
    return done.withLock { $0 }
  }

  @Test(arguments: [1, 2, 3, 8], [1, 2, 7, 64, 1000])
  func eachPieceIsDoneOnce(threads: Int, stretches: Int) {
    for count in [stretches, stretches + 1, 3 * stretches] {
      #expect(
        timesDone(count, stretches: stretches, threads: threads)
          == [Int](repeating: 1, count: count))
    }
  }

  @Test func whatThePiecesWriteIsThereAfterwards() {
    for round in 1...300 {
      // From right after each other to long after everybody has fallen asleep.
      if round % 50 == 0 { usleep(useconds_t(round * 100)) }
      var written = [Int](repeating: 0, count: 100)
      written.withUnsafeMutableBufferPointer { written in
        nonisolated(unsafe) let written = written
        deal(100, stretches: 10, threads: 3) { part in
          for piece in part { written[piece] = round }
        }
      }
      #expect(written.allSatisfy { $0 == round })
    }
  }

  @Test func piecesMayDealOutWorkThemselves() {
    let inner = Mutex(0)
    let outer = timesDone(20, stretches: 20, threads: 3) { _ in
      let once = timesDone(30, stretches: 6, threads: 3).allSatisfy { $0 == 1 }
      inner.withLock { $0 += once ? 1 : 0 }
    }
    #expect(outer.allSatisfy { $0 == 1 })
    #expect(inner.withLock { $0 } == 20)
  }

  @Test func severalCallersDoNotDisturbEachOther() {
    let faults = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 4) { caller in
      for round in 0..<500 {
        let times = timesDone(12 + caller, stretches: 2 + round % 11, threads: 3)
        if !times.allSatisfy({ $0 == 1 }) { faults.withLock { $0 += 1 } }
      }
    }
    #expect(faults.withLock { $0 } == 0)
  }

  @Test func anotherThreadHelps() {
    // Another test may have the helpers for a while.
    let helped = (0..<200).contains { _ in
      let threads = Mutex<Set<UInt>>([])
      deal(8, stretches: 8, threads: 2) { _ in
        usleep(2000)
        threads.withLock { _ = $0.insert(UInt(pthread_self())) }
      }
      return threads.withLock { $0.count } > 1
    }
    #expect(helped)
  }

  @Test func whoStepsBackWorksAlone() async {
    let threads = await withCheckedContinuation { continuation in
      // A thread of its own, since stepping back is for good.
      Thread {
        vd_step_back()
        let threads = Mutex<Set<UInt>>([])
        deal(8, stretches: 8, threads: 4) { _ in
          usleep(1000)
          threads.withLock { _ = $0.insert(UInt(pthread_self())) }
        }
        continuation.resume(returning: threads.withLock { $0.count })
      }.start()
    }
    #expect(threads == 1)
  }

  @Test func stretchesAreAsLongAsAsked() {
    for (count, least) in [(0, 1), (1, 1), (100, 1), (100, 30), (100, 200), (7, 3)] {
      let stretches = Mutex<[Range<Int>]>([])
      inThreads(count, atLeast: least) { part in stretches.withLock { $0.append(part) } }
      let sorted = stretches.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
      #expect(sorted.flatMap(Array.init) == Array(0..<count))
      #expect(sorted.count == 1 || sorted.allSatisfy { $0.count >= least })
    }
  }
}
