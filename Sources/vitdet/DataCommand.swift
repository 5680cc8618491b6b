import ArgumentParser
import ViTDetMini

/// Makes data sets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Make a data set.", subcommands: [Shapes.self])

  /// Writes synthetic scenes as a COCO folder.
  struct Shapes: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Synthetic scenes with exact boxes and masks, as a COCO folder.",
      discussion: "Writes OUT/images/000001.png … and OUT/annotations.json; same seed, same bytes.")

    @Option(help: "How many pictures.") var count: Int
    @Option(help: "Chooses the pictures.") var seed: UInt64 = 0
    @Option(help: "The side of a picture in pixels.") var size = 256
    @Option(help: "The folder to write.") var out: String

    func validate() throws {
      guard 1...ShapesDataset.mostScenes ~= count else {
        throw ValidationError("--count must be from 1 to \(ShapesDataset.mostScenes), not \(count)")
      }
      guard 32...4096 ~= size else {
        throw ValidationError("--size must be from 32 to 4096, not \(size)")
      }
    }

    func run() throws {
      var line = ProgressLine(total: count, noun: "pictures")
      try ShapesDataset(count: count, seed: seed, size: size).write(toFolder: out) {
        line.update($0)
      }
      line.finish("in \(out)")
    }
  }
}
