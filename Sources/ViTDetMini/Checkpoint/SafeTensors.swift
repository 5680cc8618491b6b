/// A safetensors file: tensors by name, each read when asked for.
///
/// Every claim of the header is checked against the file's size before memory is taken for it.
///
/// Source: the format's description at huggingface/safetensors.
public final class SafeTensors {
  /// Where the file is.
  public let path: String
  /// The tensors in the header's order.
  public let entries: [SafeTensorsEntry]
  private let file: CheckpointFile
  private let dataStart: Int
  private let byName: [String: SafeTensorsEntry]

  /// The longest header that is believed, as in the reference library.
  private static let headerLimit = 100_000_000

  /// Opens a file and reads its header.
  ///
  /// - Throws: `CheckpointError` that says what is wrong with the file.
  public init(path: String) throws(CheckpointError) {
    self.path = path
    file = try CheckpointFile(path)
    guard file.count >= 8 else {
      throw CheckpointError(path, "has \(file.count) bytes, too few for a safetensors file")
    }
    var length: UInt64 = 0
    for byte in try file.bytes(0..<8).reversed() { length = length << 8 | UInt64(byte) }
    guard length <= UInt64(min(file.count - 8, SafeTensors.headerLimit)) else {
      throw CheckpointError(
        path, "claims a header of \(length) bytes, but has \(file.count - 8) after its length")
    }
    dataStart = 8 + Int(length)
    do throws(JSONError) {
      let header = try SafeTensors.header(of: file, count: Int(length))
      entries = try SafeTensorsHeader.entries(in: header, dataCount: file.count - dataStart)
    } catch {
      throw CheckpointError(path, "has a broken header: \(error)")
    }
    byName = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
  }

  private static func header(of file: CheckpointFile, count: Int) throws(JSONError) -> [UInt8] {
    do throws(CheckpointError) {
      return try file.bytes(8..<(8 + count))
    } catch {
      throw JSONError(fault: error.fault, offset: 0)
    }
  }

  /// Reads a whole file.
  ///
  /// - Parameter path: Where the file is.
  /// - Returns: Its tensors as single-precision numbers, in the header's order.
  /// - Throws: `CheckpointError` that says what is wrong with the file.
  public static func read(path: String) throws(CheckpointError) -> Parameters {
    let file = try SafeTensors(path: path)
    var result = Parameters()
    for entry in file.entries { result[entry.name] = try file.tensor(entry) }
    return result
  }

  /// What the header says about a tensor, if it is there.
  public subscript(name: String) -> SafeTensorsEntry? { byName[name] }

  /// Reads a tensor as single-precision numbers.
  ///
  /// - Throws: `CheckpointError` if it is not there or of a type that cannot be read.
  public func tensor(named name: String) throws(CheckpointError) -> Tensor {
    guard let entry = byName[name] else {
      throw CheckpointError(path, "has no tensor “\(printable(name))”")
    }
    return try tensor(entry)
  }

  private func tensor(_ entry: SafeTensorsEntry) throws(CheckpointError) -> Tensor {
    let range = dataRange(of: entry)
    if entry.type == .f32 {
      // The bytes are the numbers: no second copy.
      var result = Tensor(zeros: entry.shape)
      var failure: CheckpointError?
      result.withMutablePointer { numbers in
        do throws(CheckpointError) { try file.read(range, into: numbers) } catch { failure = error }
      }
      if let failure { throw failure }
      return result
    }
    let decoded = entry.type.floats(try file.bytes(range))
    guard let decoded else { throw unreadable(entry, as: "numbers") }
    return Tensor(shape: entry.shape, storage: decoded)
  }

  /// Reads a tensor of whole numbers.
  ///
  /// - Throws: `CheckpointError` if it is not there or has no whole numbers.
  public func integers(named name: String) throws(CheckpointError) -> [Int] {
    guard let entry = byName[name] else {
      throw CheckpointError(path, "has no tensor “\(printable(name))”")
    }
    guard let result = entry.type.integers(try file.bytes(dataRange(of: entry))) else {
      throw unreadable(entry, as: "whole numbers")
    }
    return result
  }

  private func dataRange(of entry: SafeTensorsEntry) -> Range<Int> {
    (dataStart + entry.bytes.lowerBound)..<(dataStart + entry.bytes.upperBound)
  }

  private func unreadable(_ entry: SafeTensorsEntry, as kind: String) -> CheckpointError {
    CheckpointError(
      path,
      "keeps “\(printable(entry.name))” as \(entry.type.rawValue), which cannot be read as \(kind)")
  }
}

extension SafeTensorsType {
  /// Little-endian bytes as single-precision numbers, or nil for types that are only known by name.
  fileprivate func floats(_ bytes: [UInt8]) -> [Float]? {
    switch self {
    case .f16: decode(bytes, UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bf16: decode(bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .f32: decode(bytes, UInt32.self) { Float(bitPattern: $0) }
    case .f64: decode(bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
    default: integers(bytes)?.map(Float.init)
    }
  }

  /// Little-endian bytes as whole numbers, or nil for other types and for numbers that do not fit.
  fileprivate func integers(_ bytes: [UInt8]) -> [Int]? {
    switch self {
    case .bool, .u8: bytes.map(Int.init)
    case .i8: bytes.map { Int(Int8(bitPattern: $0)) }
    case .u16: decode(bytes, UInt16.self) { Int($0) }
    case .i16: decode(bytes, UInt16.self) { Int(Int16(bitPattern: $0)) }
    case .u32: decode(bytes, UInt32.self) { Int($0) }
    case .i32: decode(bytes, UInt32.self) { Int(Int32(bitPattern: $0)) }
    case .i64: decode(bytes, UInt64.self) { Int(Int64(bitPattern: $0)) }
    case .u64: decode(bytes, UInt64.self) { Int(clamping: $0) }
    default: nil
    }
  }

  private func decode<Bits: FixedWidthInteger, Number>(
    _ bytes: [UInt8], _ type: Bits.Type, _ number: (Bits) -> Number
  ) -> [Number] {
    bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: bytes.count, by: MemoryLayout<Bits>.size).map {
        number(Bits(littleEndian: buffer.loadUnaligned(fromByteOffset: $0, as: Bits.self)))
      }
    }
  }
}
