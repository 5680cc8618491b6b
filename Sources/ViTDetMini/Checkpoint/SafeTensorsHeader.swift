/// The types of number that the safetensors format knows.
public enum SafeTensorsType: String, Sendable, Hashable, CaseIterable {
  /// Whole numbers and truth values.
  case bool = "BOOL", u8 = "U8", i8 = "I8", u16 = "U16", i16 = "I16"
  /// Larger whole numbers.
  case u32 = "U32", i32 = "I32", u64 = "U64", i64 = "I64"
  /// Floating-point numbers.
  case f16 = "F16", bf16 = "BF16", f32 = "F32", f64 = "F64"
  /// Numbers of eight bits and fewer, and complex ones: known so that files can be checked, but not read.
  case f8e5m2 = "F8_E5M2", f8e4m3 = "F8_E4M3", f8e8m0 = "F8_E8M0", f8e4m3fnuz = "F8_E4M3FNUZ"
  /// More of the same.
  case f8e5m2fnuz = "F8_E5M2FNUZ", f6e2m3 = "F6_E2M3", f6e3m2 = "F6_E3M2", f4 = "F4", c64 = "C64"

  /// The size of one number.
  var bits: Int {
    switch self {
    case .f4: 4
    case .f6e2m3, .f6e3m2: 6
    case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: 8
    case .u16, .i16, .f16, .bf16: 16
    case .u32, .i32, .f32: 32
    case .u64, .i64, .f64, .c64: 64
    }
  }
}

/// One tensor of a safetensors file.
public struct SafeTensorsEntry: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// The type of its numbers.
  public let type: SafeTensorsType
  /// Its shape.
  public let shape: [Int]
  /// Where its bytes lie, counted from the end of the header.
  public let bytes: Range<Int>

  /// How many numbers it has.
  public var count: Int { shape.reduce(1, *) }
}

/// The header of a safetensors file: a JSON object of names, types, shapes and places.
enum SafeTensorsHeader {
  /// A tensor with more axes than this is not believed.
  private static let axisLimit = 32

  /// Reads the entries and checks that they cover the data without gap or overlap.
  ///
  /// - Parameters:
  ///   - header: The JSON text, blanks at its end allowed.
  ///   - dataCount: How many bytes follow it.
  /// - Returns: The entries in the header's order.
  /// - Throws: `JSONError` with the first fault.
  static func entries(in header: [UInt8], dataCount: Int) throws(JSONError) -> [SafeTensorsEntry] {
    var reader = try JSONReader(header)
    guard header.first == UInt8(ascii: "{") else {
      throw reader.error("the header is no JSON object")
    }
    var entries: [SafeTensorsEntry] = []
    try reader.readObject { reader, key throws(JSONError) in
      if key == "__metadata__" {
        try reader.readObject { reader, _ throws(JSONError) in _ = try reader.readString() }
      } else {
        entries.append(try entry(key, &reader))
      }
    }
    guard reader.isAtEnd() else { throw reader.error("something follows the header's object") }
    var end = 0
    for entry in entries.sorted(by: {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }) {
      guard entry.bytes.lowerBound == end else {
        throw reader.error(
          "the tensor “\(printable(entry.name))” begins at \(entry.bytes.lowerBound), "
            + "where \(end) is due: the data has a gap or an overlap")
      }
      end = entry.bytes.upperBound
    }
    guard end == dataCount else {
      throw reader.error("the tensors take \(end) bytes, but the file has \(dataCount) for them")
    }
    return entries
  }

  private static func entry(
    _ name: String, _ reader: inout JSONReader
  ) throws(JSONError) -> SafeTensorsEntry {
    var type: SafeTensorsType?
    var shape: [Int]?
    var offsets: [Int]?
    let quoted = "“\(printable(name))”"
    try reader.readObject { reader, key throws(JSONError) in
      switch key {
      case "dtype":
        let text = try reader.readString()
        guard let known = SafeTensorsType(rawValue: text) else {
          throw reader.error("the tensor \(quoted) has the unknown type “\(printable(text))”")
        }
        type = known
      case "shape": shape = try counts(&reader, limit: axisLimit)
      case "data_offsets": offsets = try counts(&reader, limit: 2)
      default: try reader.skipValue()
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      let missing = type == nil ? "dtype" : shape == nil ? "shape" : "pair of data_offsets"
      throw reader.error("the tensor \(quoted) has no \(missing)")
    }
    guard offsets[0] <= offsets[1] else {
      throw reader.error("the tensor \(quoted) ends before it begins")
    }
    var bits = type.bits
    for size in shape {
      let (product, overflow) = bits.multipliedReportingOverflow(by: size)
      // A later 0 would hide an absurd size; the count of numbers must fit by itself.
      if overflow { throw reader.error("the tensor \(quoted) has the absurd shape \(shape)") }
      bits = product
    }
    guard bits % 8 == 0, bits / 8 == offsets[1] - offsets[0] else {
      throw reader.error(
        "the tensor \(quoted) of shape \(shape) and type \(type.rawValue) does not take "
          + "\(offsets[1] - offsets[0]) bytes")
    }
    return SafeTensorsEntry(
      name: name, type: type, shape: shape, bytes: offsets[0]..<offsets[1])
  }

  private static func counts(
    _ reader: inout JSONReader, limit: Int
  ) throws(JSONError) -> [Int] {
    var result: [Int] = []
    try reader.readArray { reader throws(JSONError) in
      result.append(try reader.readCount())
      if result.count > limit { throw reader.error("an array has more than \(limit) numbers") }
    }
    return result
  }
}
