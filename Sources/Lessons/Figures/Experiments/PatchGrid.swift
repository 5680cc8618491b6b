internal import ViTDetMini

extension Experiment {
  /// The sample picture under its patch grid: one token for each patch.
  static let patchGrid = Experiment(
    "patch-grid", knobs: [.whole("patch", [8, 16, 32], start: 16, in: 4...128)], viewCount: 2,
    hasFocus: true
  ) { input in
    let picture = input.laboratory.picture
    let patch = input.whole("patch")
    let (rows, columns) = (picture.height / patch, picture.width / patch)
    let focus = input.focus(rows: rows, columns: columns)
    let grid = ImageContent(
      width: picture.width, height: picture.height, pixels: picture.pixels, patch: patch,
      focus: focus)
    let legend = [
      LegendEntry(
        "?",
        pixelSpan(focus, patch))
    ]
    let title = input.say(
      "\(picture.width)×\(picture.height) pixels in patches of \(patch)×\(patch)",
      "\(picture.width)×\(picture.height) 像素，每块 \(patch)×\(patch)")
    guard input.view == 1 else {
      return Figure(
        title: title,
        sentence: input.say(
          "\(picture.width) / \(patch) = \(columns): the grid has \(rows)×\(columns) = "
            + "\(NumberText.grouped(rows * columns)) patches, and each becomes one token.",
          "\(picture.width) / \(patch) = \(columns)：网格有 \(rows)×\(columns) = "
            + "\(NumberText.grouped(rows * columns)) 个图像块，每块变成一个 token。"),
        body: .image(grid), legend: legend, evidence: tokenCountTable(patch: patch, input))
    }
    return Figure(
      title: title,
      sentence: input.say(
        "The mean colour of each patch: what a token would keep if it kept one colour. It keeps "
          + "\(input.laboratory.configuration.embedDim) numbers.",
        "每个图像块的平均颜色：若 token 只保留一种颜色，就只剩这些。实际上它保留 "
          + "\(input.laboratory.configuration.embedDim) 个数。"),
      body: .image(grid.mosaic), legend: legend, evidence: tokenCountTable(patch: patch, input))
  }

  /// A patch and the pixels that it covers.
  static func pixelSpan(_ token: Token, _ patch: Int) -> String {
    let (top, left) = (token.row * patch, token.column * patch)
    return
      "(\(token.row),\(token.column)): y \(top)–\(top + patch - 1), x \(left)–\(left + patch - 1)"
  }
}

extension ImageContent {
  /// One pixel for each patch, in its mean colour.
  var mosaic: ImageContent {
    let (rows, columns) = (height / patch, width / patch)
    var colours: [UInt8] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let colour = mean(
          rows: row * patch..<(row + 1) * patch, columns: column * patch..<(column + 1) * patch)
        colours += [colour.red, colour.green, colour.blue].map { UInt8($0.rounded()) }
      }
    }
    return ImageContent(width: columns, height: rows, pixels: colours, patch: 1, focus: focus)
  }
}
