import Testing

@testable import ViTDetMini

@Suite struct SelectedRowsTests {
  @Test func rowsStandInTheOrderAskedFor() {
    let x = Variable(Tensor(shape: [3, 2], storage: [1, 2, 3, 4, 5, 6]))
    #expect(x.selectedRows([2, 0, 2]).value.storage == [5, 6, 1, 2, 5, 6])
    #expect(x.selectedRows([]).shape == [0, 2])
  }

  @Test func gradientsAreDifferenceQuotients() {
    expectGradients(of: [numbers([4, 3])]) { $0[0].selectedRows([3, 1, 3, 0]) }
  }
}
