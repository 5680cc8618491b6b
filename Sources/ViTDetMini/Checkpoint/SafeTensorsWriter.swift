internal import Glibc

/// The numbers of a tensor to be written.
public enum SafeTensorsValue: Sendable {
  /// Single-precision numbers.
  case float(Tensor)
  /// Whole numbers of 64 bits.
  case int64([Int64], shape: [Int])
  /// Whole numbers of 32 bits.
  case int32([Int32], shape: [Int])
  /// Bytes.
  case uint8([UInt8], shape: [Int])

  fileprivate var shape: [Int] {
    switch self {
    case .float(let tensor): tensor.shape
    case .int64(_, let shape), .int32(_, let shape), .uint8(_, let shape): shape
    }
  }
  fileprivate var type: SafeTensorsType {
    switch self {
    case .float: .f32
    case .int64: .i64
    case .int32: .i32
    case .uint8: .u8
    }
  }
  fileprivate var byteCount: Int { shape.reduce(1, *) * type.bits / 8 }

  fileprivate func withBytes(_ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    switch self {
    case .float(let tensor): tensor.storage.withUnsafeBytes(body)
    case .int64(let numbers, _): numbers.withUnsafeBytes(body)
    case .int32(let numbers, _): numbers.withUnsafeBytes(body)
    case .uint8(let numbers, _): numbers.withUnsafeBytes(body)
    }
  }
}

extension SafeTensors {
  /// Writes a file; one of that name is replaced only when the new one is complete.
  ///
  /// - Parameters:
  ///   - tensors: The tensors by name, each name once.
  ///   - path: Where to.
  /// - Throws: `CheckpointError` if the system refuses.
  public static func write(
    _ tensors: [(name: String, value: SafeTensorsValue)], to path: String
  ) throws(CheckpointError) {
    // Wide types first, so that every tensor is aligned for its type.
    let ordered = tensors.sorted { $0.value.type.bits > $1.value.type.bits }
    var header = "{"
    var end = 0
    for (index, tensor) in ordered.enumerated() {
      let next = end + tensor.value.byteCount
      header +=
        (index > 0 ? "," : "") + "\(jsonQuoted(tensor.name)):{\"dtype\":\""
        + tensor.value.type.rawValue + "\",\"shape\":["
        + tensor.value.shape.map(String.init).joined(separator: ",")
        + "],\"data_offsets\":[\(end),\(next)]}"
      end = next
    }
    header += "}"
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var start: [UInt8] = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> ($0 * 8)) }
    start += Array(header.utf8)

    let partial = path + ".partial"
    guard let file = fopen(partial, "wb") else {
      throw CheckpointError(path, "cannot be written: \(CheckpointFile.systemMessage)")
    }
    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
      fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count
    }
    var isWritten = start.withUnsafeBytes(write)
    for tensor in ordered where isWritten { isWritten = tensor.value.withBytes(write) }
    isWritten = fclose(file) == 0 && isWritten
    if isWritten { isWritten = rename(partial, path) == 0 }
    guard isWritten else {
      let error = CheckpointError(path, "cannot be written: \(CheckpointFile.systemMessage)")
      unlink(partial)
      throw error
    }
  }
}

/// A string as JSON writes it.
func jsonQuoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\" + String(scalar)
    case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}":
      let code = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
