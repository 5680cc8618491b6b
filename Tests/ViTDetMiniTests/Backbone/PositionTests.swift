import Testing

@testable import ViTDetMini

@Suite struct AbsolutePositionTests {
  private func position(_ rows: Tensor, hasClassRow: Bool) throws -> AbsolutePosition {
    var parameters = Parameters()
    parameters["pos_embed"] = rows
    let table = try ParameterTable(
      [ParameterSpecification("pos_embed", rows.shape, .zeros)], parameters, trainable: false)
    return AbsolutePosition(table, "pos_embed", hasClassRow: hasClassRow)
  }

  @Test func theClassRowIsDropped() throws {
    let rows = numbers([1, 10, 4])
    let found = try position(rows, hasClassRow: true).absPos(for: 3).value
    #expect(found == rows.reshaped(to: [10, 4]).rows(1..<10).reshaped(to: [1, 3, 3, 4]))
    let all = try position(
      rows.reshaped(to: [10, 4]).rows(0..<9).reshaped(to: [1, 9, 4]), hasClassRow: false)
    #expect(all.absPos(for: 3).value[0, 0, 0, 1] == rows[0, 0, 1])
  }

  @Test func anotherGridGetsStretchedRows() throws {
    let found = try position(numbers([1, 9, 4]), hasClassRow: false)
      .absPos(for: Extent(height: 5, width: 2)).value
    #expect(found.shape == [1, 5, 2, 4])
  }

  @Test func everyImageGetsTheSameRows() throws {
    let sum = try position(numbers([1, 9, 4]), hasClassRow: false)(
      Variable(Tensor(zeros: [2, 3, 3, 4])), ForwardPass()
    ).value
    #expect(sum.rows(0..<1) == sum.rows(1..<2) && sum.largestMagnitude > 0)
  }

  @Test func sinesAndCosinesTellRowsAndColumnsApart() {
    var random = RandomNumbers(seed: 0)
    let rows = Initialization.sineCosine(classRow: true).tensor(shape: [1, 10, 8], random: &random)
    #expect(rows.rows(0..<1).reshaped(to: [10, 8]).rows(0..<1).largestMagnitude == 0)
    // Token (0, 0): sin 0 and cos 0; the first half of the channels tells the column.
    expectClose(
      rows.reshaped(to: [10, 8]).rows(1..<2).storage, [0, 0, 1, 1, 0, 0, 1, 1], tolerance: 0)
    let right = rows.reshaped(to: [10, 8]).rows(2..<3).storage
    #expect(right[4...] == [0, 0, 1, 1] && abs(right[0] - 0.841_471) < 1e-6)
  }
}

@Suite struct RelativePositionTests {
  private func tables(_ height: Int, for extent: Extent) throws -> RelativePositionTables {
    let specifications = RelativePosition.specifications(
      "attn", extent: Extent(side: height), headDim: 4, .normal(standardDeviation: 1))
    let table = try ParameterTable(
      specifications, Parameters(specifications, seed: 1), trainable: false)
    return RelativePosition(table.scoped("attn")).tables(for: extent)
  }

  @Test func aGridOfItsOwnSizeLeavesTheTableAlone() throws {
    let found = try tables(4, for: 4)
    #expect(found.height.shape == [7, 4] && found.width.shape == [7, 4])
  }

  @Test func anotherGridStretchesIt() throws {
    let found = try tables(4, for: Extent(height: 6, width: 2))
    #expect(found.height.shape == [11, 4] && found.width.shape == [3, 4])
    // The middle row, offset 0, stays where it is.
    let same = try tables(4, for: 4)
    expectClose(
      found.height.value.rows(5..<6), same.height.value.rows(3..<4), tolerance: 1e-6)
    expectClose(found.width.value.rows(1..<2), same.width.value.rows(3..<4), tolerance: 1e-6)
  }
}
