import ArgumentParser
import Foundation
import Glibc
import Lessons
import TUI
import ViTDetMini

/// `vitdet detect`: what a detector finds in a picture.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the objects in a picture.",
    discussion: "Prints a table, and in a terminal the picture with what was found.")

  @Argument(help: "A PNG or JPEG picture, or a safetensors file with image [3,H,W], 0 to 255.")
  var image: String

  @Option(help: "The detector's directory: config.json and model.safetensors.")
  var model: String?

  @Option(help: "Leave out what is less sure; without it the model's own threshold counts.")
  var score: Float = 0

  @Flag(help: "Print a JSON list of box, score, class, class_name and mask.")
  var json = false

  @Option(help: "A PNG file to draw boxes, labels and masks into.")
  var out: String?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "Colours: never, 16, 256 or true. Without it: NO_COLOR, TERM, COLORTERM.")
  var color: ScreenOptions.Color?

  func validate() throws {
    guard 0...1 ~= score else { throw ValidationError("--score must be from 0 to 1") }
  }

  func run() throws {
    let detector = try ModelDirectory.openDetector(model)
    let input = try PreparedPicture(path: image, for: detector.configuration)
    let names = detector.configuration.names
    let found = detector.detections(in: input).filter { $0.score >= score }
    let isShown = !json && isatty(STDOUT_FILENO) == 1
    if out != nil || isShown {
      let statistics = detector.configuration.preparation.statistics
      let picture = try input.original(path: image, statistics: statistics)
      if let out { try picture.drawing(found, names: names).writePNG(to: out) }
      if isShown { show(picture, found) }
    }
    StandardOutput.write(
      json
        ? Detection.json(found, names: names)
        : Detection.table(found, names: names, marks: isShown ? Self.marks : nil))
  }

  /// What names a box in the picture and its row in the table, best first; the rest goes without.
  private static let marks = Array("123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// Draws a picture with half blocks, masks and numbered boxes, as large as the terminal allows with the table in sight.
  private func show(_ picture: Image, _ found: [Detection]) {
    var window = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
    let columns = isKnown ? min(Int(window.ws_col), 100) : 80
    // The table with its heading, the prompt behind it, and at least a third of the screen for the picture.
    let rows =
      isKnown ? max(8, Int(window.ws_row) / 3, Int(window.ws_row) - found.count - 3) : 20
    let depth = ColorDepth.forOutput(
      explicit: color?.depth, environment: ProcessInfo.processInfo.environment)
    var canvas = Canvas(
      size: Size(columns: columns, rows: rows), glyphs: ascii ? .ascii : .unicode,
      depth: depth)
    let tinted = picture.tinted(found)
    PixelImage(
      width: picture.width, height: picture.height, pixels: tinted.pixels,
      marks: zip(Self.marks, found).map { letter, detection in
        let box = detection.box
        let (red, green, blue) = Image.color(ofClass: detection.classIndex)
        return PictureMark(
          .box(
            left: Double(box.x0), top: Double(box.y0), right: Double(box.x1),
            bottom: Double(box.y1)),
          letter: letter, role: .text, color: RGB(red, green, blue))
      }.reversed()
    )
    .draw(on: &canvas, in: Rect(column: 0, row: 0, columns: columns, rows: rows))
    StandardOutput.write(depth == .mono ? canvas.text : canvas.ansi())
  }
}
