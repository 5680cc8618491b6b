import Foundation
import Testing

@testable import ViTDetMini

@Suite struct ImageTests {
  private func picture(_ name: String) throws -> Image {
    try Image.read(path: Fixture.path("pictures/\(name)"))
  }

  /// What the fixtures were drawn with: 13 columns and 9 rows.
  private func drawn(_ x: Int, _ y: Int) -> [Int] { [x * 19 % 256, y * 27 % 256, x * y * 5 % 256] }

  private func worst(_ a: Image, _ b: Image) -> Int {
    zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }

  @Test func readsThePixelsThatWereWritten() throws {
    let image = try picture("rgb.png")
    #expect(image.width == 13 && image.height == 9)
    for y in 0..<9 {
      for x in 0..<13 {
        let color = image[x: x, y: y]
        #expect([color.red, color.green, color.blue].map(Int.init) == drawn(x, y))
      }
    }
  }

  @Test func readsAPictureOfOnePixel() throws {
    #expect(try picture("one-pixel.png").pixels == [10, 20, 30])
  }

  @Test func greyBecomesEqualColours() throws {
    let image = try picture("grey.png")
    #expect(image[x: 5, y: 3] == (95, 95, 95))
    let bilevel = try picture("bilevel.png")
    #expect(bilevel[x: 0, y: 0] == (0, 0, 0) && bilevel[x: 12, y: 0] == (255, 255, 255))
  }

  @Test func sixteenBitsBecomeTheNearestEight() throws {
    #expect(try worst(picture("rgb16.png"), picture("rgb.png")) <= 1)
    let grey = try picture("grey16.png")
    #expect(try worst(grey, picture("grey.png")) <= 1)
  }

  @Test func aPaletteIsLookedUp() throws {
    #expect(try picture("palette.png") == picture("palette.expected.png"))
  }

  @Test func aGammaChunkChangesNothing() throws {
    #expect(try picture("gamma.png") == picture("rgb.png"))
  }

  @Test func transparentPixelsAreLaidOnWhite() throws {
    let image = try picture("alpha.png")
    #expect(image[x: 0, y: 4] == (255, 255, 255))
    for x in 0..<13 {
      let alpha = Double(x * 20 % 256) / 255
      let red = Double(drawn(x, 4)[0]) * alpha + 255 * (1 - alpha)
      #expect(abs(Double(image[x: x, y: 4].red) - red) <= 0.51)
    }
    #expect(try picture("grey-alpha.png")[x: 0, y: 0] == (255, 255, 255))
  }

  @Test(arguments: ["rgb.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg"])
  func jpegsAgreeWithPillow(name: String) throws {
    let image = try picture(name)
    let expected = try picture(name + ".png")
    #expect(image.width == 48 && image.height == 32)
    #expect(worst(image, expected) <= 1, "worst difference \(worst(image, expected))")
  }

  @Test(arguments: 1...8) func orientationIsApplied(number: Int) throws {
    let image = try picture("orientation-\(number).jpg")
    #expect(image.width == 32 && image.height == 16)
    let corners = [(4, 4), (28, 4), (4, 12), (28, 12)].map { image[x: $0.0, y: $0.1] }
    let expected: [(Int, Int, Int)] = [
      (200, 30, 30), (30, 200, 30), (30, 30, 200), (230, 230, 230),
    ]
    for (corner, color) in zip(corners, expected) {
      #expect(abs(Int(corner.red) - color.0) < 6)
      #expect(abs(Int(corner.green) - color.1) < 6)
      #expect(abs(Int(corner.blue) - color.2) < 6)
    }
  }

  @Test(arguments: [
    ("huge.png", "30000x30000 is too large"), ("huge.jpg", "30000x30000 is too large"),
    ("hollow.png", "bytes cannot hold 8000x8000 pixels"), ("missing.png", "no such file"),
    ("../pictures", "is a directory"), ("../ops/ops.json", "neither a PNG nor a JPEG"),
  ])
  func refusesWithTheReason(name: String, reason: String) {
    let error = #expect(throws: DataError.self) { try picture(name) }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test(arguments: ["rgb.png", "palette.png", "rgb16.png", "rgb.jpg", "progressive.jpg"])
  func everyTruncationIsRefused(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Fixture.url("pictures/\(name)")))
    // The last two bytes of a JPEG are its end mark: without them the picture is still whole.
    let whole = name.hasSuffix("jpg") ? bytes.count - 2 : bytes.count
    for count in 0..<whole {
      #expect(throws: DataError.self, "\(count) of \(bytes.count) bytes") {
        try Image.decode(Array(bytes[..<count]), name: name)
      }
    }
  }

  @Test(arguments: ["rgb.png", "alpha.png", "cmyk.jpg", "orientation-6.jpg"])
  func damagedBytesGiveAPictureOrAReason(name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Fixture.url("pictures/\(name)")))
    var (pictures, reasons) = (0, 0)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0xFF
      do throws(DataError) {
        let image = try Image.decode(damaged, name: name)
        #expect(image.pixels.count == image.width * image.height * 3)
        pictures += 1
      } catch {
        #expect(!error.description.isEmpty)
        reasons += 1
      }
    }
    #expect(pictures + reasons == bytes.count && reasons > 0)
  }

  @Test func writtenPicturesReadBackTheSame() throws {
    let image = try picture("rgb.png")
    let path = FileManager.default.temporaryDirectory.appending(
      path: "vitdet-\(UUID().uuidString).png"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try image.writePNG(to: path)
    #expect(try Image.read(path: path) == image)
    let first = try Data(contentsOf: URL(filePath: path))
    try image.writePNG(to: path)
    #expect(try Data(contentsOf: URL(filePath: path)) == first)
  }

  @Test func noisyPicturesFitTheEncodersEstimate() throws {
    var random = SceneRandom(seed: 5)
    let noise = (0..<200 * 300 * 3).map { _ in UInt8(random.index(256)) }
    let image = Image(width: 200, height: 300, pixels: noise)
    #expect(try Image.decode(PNG.encode(image), name: "noise") == image)
  }

  @Test func writingNowhereIsRefused() {
    let image = Image(width: 1, height: 1, color: (1, 2, 3))
    let error = #expect(throws: DataError.self) { try image.writePNG(to: "/nowhere/at/all.png") }
    #expect(error?.description.contains("no such file or directory") == true)
  }
}
