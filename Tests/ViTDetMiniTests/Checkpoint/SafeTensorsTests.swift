import Foundation
import Testing

@testable import ViTDetMini

@Suite struct SafeTensorsTests {
  @Test(arguments: try manifest("bad")) func refusesEveryBrokenFile(entry: ManifestEntry) throws {
    let path = Fixture.path("safetensors/bad/\(entry.file)")
    let error = try #require(throws: CheckpointError.self) { try SafeTensors.read(path: path) }
    #expect(error.description.hasPrefix(path + ": "))
    #expect(!error.description.contains { $0.isNewline })
    #expect(error.description.utf8.count < 1000)
  }

  @Test(arguments: try manifest("good"))
  func readsEveryUnusualFile(entry: ManifestEntry) throws {
    let file = try SafeTensors(path: Fixture.path("safetensors/good/\(entry.file)"))
    let expected = try #require(entry.tensors)
    #expect(Set(file.entries.map(\.name)) == Set(expected.keys))
    for (name, tensor) in expected {
      let found = try file.tensor(named: name)
      #expect(found.shape == tensor.shape)
      #expect(found.storage == tensor.values.map { Float($0.number) })
      #expect(file[name]?.type.rawValue == tensor.dtype)
      if ["I64", "I32", "U8"].contains(tensor.dtype) {
        #expect(try file.integers(named: name) == tensor.values.map { Int($0.number) })
      }
    }
  }

  @Test func writtenFilesReadBack() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let map = numbers([2, 3])
    try SafeTensors.write(
      [
        ("mask", .uint8([0, 1, 255], shape: [3])), ("a \"b\"\n\u{1}é", .float(map)),
        ("size", .int64([-5, 1 << 40], shape: [2])), ("label", .int32([-1], shape: [1])),
        ("nothing", .float(Tensor(zeros: [0, 4]))), ("one", .float(Tensor(scalar: 7))),
      ], to: path)
    let file = try SafeTensors(path: path)
    #expect(try file.tensor(named: "a \"b\"\n\u{1}é") == map)
    #expect(try file.integers(named: "size") == [-5, 1 << 40])
    #expect(try file.integers(named: "label") == [-1])
    #expect(try file.integers(named: "mask") == [0, 1, 255])
    #expect(try file.tensor(named: "nothing").shape == [0, 4])
    #expect(try file.tensor(named: "one").storage == [7])
    #expect(throws: CheckpointError.self) { try file.integers(named: "one") }
    #expect(throws: CheckpointError.self) { try file.tensor(named: "two") }
  }

  @Test func everyCutOfAFileIsRefused() throws {
    let bytes = try Data(
      contentsOf: Fixture.url("safetensors/good/entries_in_other_order.safetensors"))
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    for count in 0..<bytes.count {
      try bytes.prefix(count).write(to: URL(filePath: path))
      #expect(throws: CheckpointError.self) { try SafeTensors.read(path: path) }
    }
  }

  @Test func everyFlippedBitIsRefusedOrRead() throws {
    let bytes = try Data(contentsOf: Fixture.url("safetensors/good/many_dtypes.safetensors"))
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var refused = 0
    for index in 0..<min(bytes.count, 420) {
      var broken = bytes
      broken[index] ^= 1 << (index % 8)
      try broken.write(to: URL(filePath: path))
      do { _ = try SafeTensors.read(path: path) } catch { refused += 1 }
    }
    #expect(refused > 200)
  }

  @Test func aDirectoryOrAPipeIsNoFile() {
    for path in ["/", "/dev/zero", "/nowhere/at/all"] {
      #expect(throws: CheckpointError.self) { try SafeTensors(path: path) }
    }
  }
}

/// A path of its own for a test's file.
func temporaryPath() -> String {
  FileManager.default.temporaryDirectory.appending(path: "vitdet-\(UUID().uuidString)").path
}

/// One file that a manifest describes.
struct ManifestEntry: Decodable, Sendable, CustomTestStringConvertible {
  struct Values: Decodable {
    let dtype: String
    let shape: [Int]
    let values: [Number]
  }
  /// A number, or a truth value as 0 or 1.
  struct Number: Decodable {
    let number: Double
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        number = flag ? 1 : 0
      } else {
        number = try container.decode(Double.self)
      }
    }
  }
  let file: String
  let tensors: [String: Values]?
  var testDescription: String { file }
}

func manifest(_ folder: String) throws -> [ManifestEntry] {
  let text = try Data(contentsOf: Fixture.url("safetensors/\(folder)/manifest.json"))
  return try JSONDecoder().decode([ManifestEntry].self, from: text)
}
