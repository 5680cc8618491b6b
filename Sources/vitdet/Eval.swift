import ArgumentParser
import ViTDetMini

/// `vitdet eval`: how well a detector does on a COCO folder.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a detector over a COCO folder and print AP.",
    discussion: "The folder holds annotations.json and images, as vitdet data writes them.")

  @Option(help: "The detector's directory: config.json and model.safetensors.")
  var model: String?

  @Option(help: "The folder with annotations.json and images.")
  var data: String

  @Flag(help: "Print one JSON object with COCO's twelve numbers for bbox and segm.")
  var json = false

  func run() throws {
    // Every picture needs the memory that the one before it gave back.
    Training.keepFreedMemory()
    let detector = try ModelDirectory.openDetector(model)
    let folder = try CocoFolder.read(data)
    var line = ProgressLine(total: folder.dataset.pictures.count, noun: "pictures")
    let result = try folder.evaluate(
      classCount: detector.configuration.classes, progress: { line.update($0) },
      detect: { image in
        detector.detections(
          in: try PreparedPicture(image, detector.configuration.preparation))
      })
    line.finish("of \(data)")
    let scores = [("bbox", result.bbox)] + (result.segm.map { [("segm", $0)] } ?? [])
    if json {
      print("{" + scores.map { "\"\($0)\": \($1.json)" }.joined(separator: ", ") + "}")
    } else {
      let names = folder.dataset.categories.sorted { $0.id < $1.id }.map(\.name)
      print(
        scores.map { "\($0)\n\($1.table)\n\n\($1.classTable(names: names))" }
          .joined(separator: "\n\n"))
    }
  }
}
