import Testing
import ViTDetMini

@Suite struct ImageNormalisationTests {
  @Test func eachColourIsCentredAndScaledByItsOwnNumbers() {
    let image = Image(width: 2, height: 1, pixels: [0, 0, 0, 255, 116, 104])
    let tensor = image.normalised()
    #expect(tensor.shape == [1, 1, 2, 3])
    #expect(abs(tensor[0, 0, 0, 0] - -2.117904) < 1e-5)
    #expect(abs(tensor[0, 0, 0, 2] - -1.804444) < 1e-5)
    #expect(abs(tensor[0, 0, 1, 0] - 2.248908) < 1e-5)
    #expect(abs(tensor[0, 0, 1, 1] - -0.004902) < 1e-5)
  }
}
