import Foundation
import Testing

/// Single operations with inputs and outputs of the reference libraries: Tests/Fixtures/ops.
struct OperationCases {
  /// One tensor of the file, with its numbers as Double whatever their type.
  struct Values {
    let shape: [Int]
    let numbers: [Double]
    var floats: [Float] { numbers.map(Float.init) }
    var bytes: [UInt8] { numbers.map(UInt8.init) }
    var ints: [Int] { numbers.map(Int.init) }
    /// The rows of a table.
    var rows: [[Float]] {
      let width = shape.last ?? 1
      return stride(from: 0, to: numbers.count, by: width).map { start in
        numbers[start..<start + width].map(Float.init)
      }
    }
  }

  let cases: [[String: Any]]
  private let header: [String: Any]
  private let data: [UInt8]

  init() throws {
    let text = try Data(contentsOf: Fixture.url("ops/ops.json"))
    let root = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    cases = try #require(root["cases"] as? [[String: Any]])
    let file = [UInt8](try Data(contentsOf: Fixture.url("ops/ops.safetensors")))
    let length = file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    header = try #require(
      try JSONSerialization.jsonObject(with: Data(file[8..<8 + length])) as? [String: Any])
    data = Array(file[(8 + length)...])
  }

  /// The parameters of a case.
  func parameters(_ name: String) throws -> [String: Any] {
    let found = try #require(cases.first { $0["name"] as? String == name }, "no case \(name)")
    return try #require(found["params"] as? [String: Any])
  }

  /// A tensor of the file.
  func values(_ name: String) throws -> Values {
    let entry = try #require(header[name] as? [String: Any], "no tensor \(name)")
    let shape = try #require(entry["shape"] as? [Int])
    let offsets = try #require(entry["data_offsets"] as? [Int])
    let bytes = data[offsets[0]..<offsets[1]]
    func numbers<T>(_ type: T.Type, _ convert: (T) -> Double) -> [Double] {
      Array(bytes).withUnsafeBytes { buffer in
        (0..<buffer.count / MemoryLayout<T>.size).map {
          convert(buffer.loadUnaligned(fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self))
        }
      }
    }
    let all: [Double] =
      switch entry["dtype"] as? String {
      case "F32": numbers(Float.self) { Double($0) }
      case "I64": numbers(Int64.self) { Double($0) }
      case "I32": numbers(Int32.self) { Double($0) }
      default: numbers(UInt8.self) { Double($0) }
      }
    return Values(shape: shape, numbers: all)
  }
}

/// Files under Tests/Fixtures.
enum Fixture {
  static func url(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures").appending(path: path)
  }
  static func path(_ path: String) -> String { url(path).path }
}
