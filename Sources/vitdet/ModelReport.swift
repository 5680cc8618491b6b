import Foundation
import ViTDetMini

/// What `vitdet model inspect` found out, as a table or as JSON.
struct ModelReport: Encodable {
  /// A module or a stored tensor.
  struct Row: Encodable {
    let name: String
    let summary: String
    let shape: [Int]
    let parameters: Int
    let pairs: Int
    let multiplyAdds: Int
    let bytes: Int
    let parts: [Row]
  }

  let title: String
  let image: [Int]?
  let modules: [Row]
  let parameters: Int
  let multiplyAdds: Int
  let bytes: Int
  let unused: [String]
  /// What a detector would take from a plain transformer's checkpoint.
  var inheritance: Inheritance?

  /// The names of a checkpoint's parameters by what becomes of them.
  struct Inheritance: Encodable {
    let target: String
    let used: [String]
    let resized: [String]
    let unused: [String]
    let missing: [String]
  }

  /// Describes a directory or a safetensors file.
  init(path: String) throws {
    var isDirectory: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    guard isDirectory.boolValue else {
      self.init(try SafeTensors(path: path))
      return
    }
    let directory = try ModelDirectory.read(path)
    let title = "\(path): \(directory.kind.rawValue) with \(directory.names.style.rawValue) names"
    if let detector = directory.detector {
      self.init(title, detector, unused: directory.unused)
    } else {
      self.init(title, directory.configuration, unused: directory.unused)
    }
  }

  /// Describes a published size: the whole detector, or its backbone alone.
  init(preset: String, _ configuration: DetectorConfiguration, backboneOnly: Bool, cascade: Bool) {
    if backboneOnly {
      self.init("\(preset): backbone", configuration.backbone, unused: [])
      return
    }
    var detector = configuration
    if cascade {
      detector.boxHead.stages = BoxHeadConfiguration.cascade.stages
      detector.boxHead.isClassAgnostic = true
    }
    self.init("\(preset): \(cascade ? "Cascade" : "Mask") R-CNN", detector, unused: [])
  }

  private init(_ title: String, _ detector: DetectorConfiguration, unused: [String]) {
    let side = detector.preparation.square
    self.init(
      title: title, image: [side, side], modules: detector.modules().map(Row.init), unused: unused)
  }

  private init(_ title: String, _ configuration: ViTConfiguration, unused: [String]) {
    self.init(
      title: title, image: [configuration.imgSize.height, configuration.imgSize.width],
      modules: configuration.modules().map(Row.init), unused: unused)
  }

  private init(_ file: SafeTensors) {
    let rows = file.entries.map { entry in
      Row(
        name: entry.name, summary: entry.type.rawValue, shape: entry.shape,
        parameters: entry.count, pairs: 0, multiplyAdds: 0, bytes: entry.bytes.count, parts: [])
    }
    self.init(title: "\(file.path): tensors", image: nil, modules: rows, unused: [])
    inheritance = PlainCheckpoint(file).map(Inheritance.init)
  }

  private init(title: String, image: [Int]?, modules: [Row], unused: [String]) {
    self.title = title
    self.image = image
    self.modules = modules
    parameters = modules.reduce(0) { $0 + $1.parameters }
    multiplyAdds = modules.reduce(0) { $0 + $1.multiplyAdds }
    bytes = modules.reduce(0) { $0 + $1.bytes }
    self.unused = unused
  }

  /// The report as JSON.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The report as a table.
  var text: String {
    let head = ["module", "what", "shape", "parameters", "multiply-adds", "bytes"]
    let body = modules.map { row in
      [
        row.name.printable, row.summary, row.shape.map(String.init).joined(separator: "×"),
        grouped(row.parameters), grouped(row.multiplyAdds), grouped(row.bytes),
      ]
    }
    let total = ["total", "", "", grouped(parameters), grouped(multiplyAdds), grouped(bytes)]
    let rows = [head] + body + [total]
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column < 3 ? cell + blanks : blanks + cell
      }.joined(separator: "  ")
    }
    let size = image.map { ", image \($0[0])×\($0[1])" } ?? ""
    let rest =
      unused.isEmpty ? [] : ["not used: " + unused.map(\.printable).joined(separator: " ")]
    return ([title + size] + lines + rest + (inheritance?.lines ?? [])).joined(separator: "\n")
  }
}

extension ModelReport.Inheritance {
  init(_ checkpoint: PlainCheckpoint) {
    let backbone = checkpoint.target.backbone
    target = "ViTDet of width \(backbone.embedDim), \(backbone.depth) blocks"
    func names(_ isWanted: (PlainCheckpoint.Use) -> Bool) -> [String] {
      checkpoint.rows.filter { isWanted($0.use) }.map(\.name)
    }
    used = names { $0 == .used }
    unused = names { $0 == .unused }
    missing = names { $0 == .missing }
    resized = checkpoint.rows.compactMap { row in
      guard case .resized(let shape) = row.use else { return nil }
      return "\(row.name) \(row.shape) → \(shape)"
    }
  }

  /// The lists as lines; parameters of the same kind in different blocks share one.
  var lines: [String] {
    let lists = [("used", used), ("resized", resized), ("not used", unused), ("missing", missing)]
    return ["as a start for \(target):"]
      + lists.flatMap { title, names in
        ["  \(title): \(names.count)"] + folded(names).map { "    " + $0.printable }
      }
  }

  /// Names with the block's number left open, each once.
  private func folded(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.map { name in
      name.split(separator: ".", omittingEmptySubsequences: false)
        .map { $0.allSatisfy(\.isNumber) && name.contains("blocks.") ? "*" : String($0) }
        .joined(separator: ".")
    }.filter { seen.insert($0).inserted }
  }
}

extension ModelReport.Row {
  init(_ module: ModuleReport) {
    self.init(
      name: module.name, summary: module.summary, shape: module.output,
      parameters: module.parameters, pairs: module.cost.pairs,
      multiplyAdds: module.cost.multiplyAdds, bytes: module.cost.bytes,
      parts: module.parts.map(ModelReport.Row.init))
  }
}

extension String {
  /// A name from a file without control characters, which could steer the terminal.
  var printable: String {
    String(
      unicodeScalars.map { scalar in
        scalar.properties.generalCategory == .control ? "?" : Character(scalar)
      })
  }
}

/// A number with its thousands apart: 16,777,216.
private func grouped(_ number: Int) -> String {
  let digits = String(number)
  var result = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result += "," }
    result.append(digit)
  }
  return result
}
