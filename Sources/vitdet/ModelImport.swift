import ArgumentParser
import Foundation
import ViTDetMini

extension ModelCommand {
  /// `vitdet model import`: a published plain ViT becomes a detector's start.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a model directory of a plain ViT's checkpoint.",
      discussion: """
        Reads the names of timm (and of MAE's own checkpoints), of detectron2 and of Hugging Face's ViT, ViTMAE and \
        VitDet. Says of every parameter whether it is used, resized, unused or missing; what is missing begins as in an \
        untrained model. The configuration is that of the model to make: a detector's or a backbone's config.json; \
        that of a Hugging Face ViT or ViTMAE makes a backbone of its size with all blocks global.
        """)

    @Argument(help: "The checkpoint, a safetensors file.")
    var weights: String

    @Option(help: "The config.json of the model to make.")
    var config: String

    @Option(help: "The directory to write: config.json and model.safetensors.")
    var out: String

    @Option(help: "Chooses the random numbers of what is missing.")
    var seed: UInt64 = 1

    @Flag(help: "Print a JSON object with the lists used, resized, unused and missing.")
    var json = false

    func run() throws {
      let target = try ModelKind(path: config)
      let checkpoint = try PlainCheckpoint(try SafeTensors(path: weights), for: target)
      guard !Training.exists(in: out) else {
        throw CheckpointError(out, "holds a training, which would be lost; name another directory")
      }
      try ModelDirectory.write(target, parameters: try checkpoint.parameters(seed: seed), to: out)
      let report = ModelReport.Inheritance(checkpoint)
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
      } else {
        print(rows(checkpoint).joined(separator: "\n"))
        print(
          "\(report.used.count) used, \(report.resized.count) resized, "
            + "\(report.unused.count) unused, \(report.missing.count) missing; written to \(out)")
      }
    }

    /// A line for each parameter: what becomes of it, its name and its shape.
    private func rows(_ checkpoint: PlainCheckpoint) -> [String] {
      checkpoint.rows.map { row in
        let shape = row.shape.map(String.init).joined(separator: "×")
        let (word, change) =
          switch row.use {
          case .used: ("used   ", "")
          case .unused: ("unused ", "")
          case .missing: ("missing", "")
          case .resized(let new):
            ("resized", " → " + new.map(String.init).joined(separator: "×"))
          }
        return "\(word)  \(row.name.printable)  \(shape)\(change)"
      }
    }
  }
}
