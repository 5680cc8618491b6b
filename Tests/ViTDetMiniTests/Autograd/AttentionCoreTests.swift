import Glibc
import Testing

@testable import ViTDetMini

@Suite struct AttentionCoreTests {
  static let extent = Extent(height: 2, width: 3)

  static func tables(seed: UInt64) -> (height: Tensor, width: Tensor) {
    (numbers([3, 4], seed: seed), numbers([5, 4], seed: seed + 1))
  }

  /// The formula, written out.
  private func naive(_ qkv: Tensor, heads: Int, tables: (height: Tensor, width: Tensor)?) -> Tensor
  {
    let (groups, tokens, channels) = (qkv.shape[0], qkv.shape[1], qkv.shape[2] / 3)
    let size = channels / heads
    let width = Self.extent.width
    var result = Tensor(zeros: [groups, tokens, channels])
    for group in 0..<groups {
      for head in 0..<heads {
        for query in 0..<tokens {
          let logits = (0..<tokens).map { key -> Float in
            var logit: Float = 0
            for c in 0..<size {
              let q = qkv[group, query, head * size + c]
              logit += q * qkv[group, key, channels + head * size + c] / Float(size).squareRoot()
              if let tables {
                let row = query / width - key / width + Self.extent.height - 1
                let column = query % width - key % width + width - 1
                logit += q * (tables.height[row, c] + tables.width[column, c])
              }
            }
            return logit
          }
          let total = logits.reduce(0) { $0 + exp($1) }
          for c in 0..<size {
            result[group, query, head * size + c] = (0..<tokens).reduce(Float(0)) {
              $0 + exp(logits[$1]) / total * qkv[group, $1, 2 * channels + head * size + c]
            }
          }
        }
      }
    }
    return result
  }

  @Test(arguments: [false, true]) func agreesWithTheFormulaWrittenOut(relative: Bool) {
    let qkv = numbers([2, 6, 24])
    let tables = Self.tables(seed: 5)
    let result = attentionCore(
      Variable(qkv), heads: 2, extent: Self.extent,
      tables: relative
        ? RelativePositionTables(height: Variable(tables.height), width: Variable(tables.width))
        : nil)
    #expect(result.probabilities == nil)
    expectClose(
      result.output.value, naive(qkv, heads: 2, tables: relative ? tables : nil), tolerance: 1e-5)
  }

  @Test func everyQueryDistributesExactlyOne() throws {
    let result = attentionCore(
      Variable(numbers([3, 6, 24], scale: 20)), heads: 2, extent: Self.extent, tables: nil,
      keepsProbabilities: true)
    let probabilities = try #require(result.probabilities)
    #expect(probabilities.shape == [3, 2, 6, 6])
    let sums = probabilities.matmul(Tensor(shape: [3, 2, 6, 1], repeating: 1))
    expectClose(sums, Tensor(shape: [3, 2, 6, 1], repeating: 1), tolerance: 1e-5)
  }

  @Test func tablesOfZerosArePlainAttention() {
    let qkv = Variable(numbers([1, 6, 24]))
    let zeros = RelativePositionTables(
      height: Variable(Tensor(zeros: [3, 4])), width: Variable(Tensor(zeros: [5, 4])))
    let plain = attentionCore(qkv, heads: 2, extent: Self.extent, tables: nil)
    let relative = attentionCore(qkv, heads: 2, extent: Self.extent, tables: zeros)
    #expect(plain.output.value == relative.output.value)
  }

  @Test func withoutPositionsTheOrderOfTokensDoesNotMatter() {
    let qkv = numbers([6, 24])
    let order = [3, 0, 5, 1, 4, 2]
    let shuffled = Tensor.joined(order.map { qkv.rows($0..<($0 + 1)) })
    func attend(_ rows: Tensor) -> Tensor {
      attentionCore(
        Variable(rows.reshaped(to: [1, 6, 24])), heads: 2, extent: Self.extent, tables: nil
      ).output.value.reshaped(to: [6, 8])
    }
    let plain = attend(qkv)
    expectClose(
      attend(shuffled), Tensor.joined(order.map { plain.rows($0..<($0 + 1)) }), tolerance: 1e-6)
  }

  @Test func hugeLogitsStayFinite() {
    let result = attentionCore(
      Variable(numbers([1, 6, 24], scale: 1e4)), heads: 2, extent: Self.extent, tables: nil)
    #expect(result.output.value.storage.allSatisfy { $0.isFinite })
  }

  @Test func gradientsAreDifferenceQuotients() {
    let tables = Self.tables(seed: 7)
    expectGradients(of: [numbers([2, 6, 24]), tables.height, tables.width]) {
      attentionCore(
        $0[0], heads: 2, extent: Self.extent,
        tables: RelativePositionTables(height: $0[1], width: $0[2])
      ).output
    }
  }

  @Test func tablesOfAnotherLengthStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      let table = Variable(Tensor(zeros: [4, 4]))
      _ = attentionCore(
        Variable(Tensor(zeros: [1, 6, 24])), heads: 2, extent: Extent(height: 2, width: 3),
        tables: RelativePositionTables(height: table, width: table))
    }
  }

  /// Tiles of any size give what all probabilities at once give.
  @Test(arguments: [(1, 1), (5, 8), (20, 4), (256, 256)], [false, true])
  func tilesAgreeWithWholeRows(tile: (queries: Int, keys: Int), hasTables: Bool) {
    let extent = Extent(height: 5, width: 4)
    let layout = AttentionLayout(qkv: [3, 20, 3 * 6], heads: 2, extent: extent)
    // Logits of both signs that are large enough for the largest to change from tile to tile.
    let qkv = numbers([3, 20, 18], scale: 4)
    let tables = RelativePositionTables(
      height: Variable(numbers([9, 3], seed: 2)), width: Variable(numbers([7, 3], seed: 3)))
    let expected = attentionForward(qkv, layout: layout, tables: hasTables ? tables : nil)
    let found = attentionTiles(
      qkv, layout: layout, tables: hasTables ? tables : nil, queries: tile.queries,
      keys: tile.keys)
    expectClose(found, expected.output, tolerance: 1e-5)
  }
}
