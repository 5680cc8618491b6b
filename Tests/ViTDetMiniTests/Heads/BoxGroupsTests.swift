import Synchronization
import Testing

@testable import ViTDetMini

@Suite struct BoxGroupsTests {
  private func boxes(_ count: Int) -> [Box] {
    (0..<count).map { Box(Float($0), 0, Float($0) + 1, 1) }
  }

  private func starts(_ boxes: [Box]) -> Variable {
    Variable(Tensor(shape: [boxes.count, 1], storage: boxes.map(\.x0)))
  }

  @Test(arguments: [0, 1, 10, 11, 37, 100]) func everyBoxComesOnceAndInOrder(count: Int) {
    let largest = Mutex(0)
    let rows = BoxGroups.apply(to: boxes(count), ForwardPass()) { some in
      largest.withLock { $0 = max($0, some.count) }
      return starts(some)
    }
    #expect(rows.shape == [count, 1])
    #expect(rows.value.storage == (0..<count).map(Float.init))
    #expect(largest.withLock { $0 } <= 10)
  }

  @Test func whoWatchesSeesAllBoxesAtOnce() {
    let calls = Mutex(0)
    let rows = BoxGroups.apply(to: boxes(37), ForwardPass(cost: CostCounter())) { some in
      calls.withLock { $0 += 1 }
      return starts(some)
    }
    #expect(calls.withLock { $0 } == 1 && rows.shape == [37, 1])
  }
}
