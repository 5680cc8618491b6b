extension PreparedPicture {
  /// Reads a detector's input: a PNG or JPEG picture, or a safetensors file with `image` `[3, H, W]`, 0 to 255 and
  /// resized already, and perhaps `original_size` (height, width).
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - configuration: The detector that the input is for.
  /// - Throws: `CheckpointError` or `DataError` that names the file and the fault.
  public init(path: String, for configuration: DetectorConfiguration) throws {
    if try ModelInput.isPicture(path) {
      let image = try Image.read(path: path)
      self = try PreparedPicture.naming(path) { () throws(DataError) in
        try PreparedPicture(image, configuration.preparation)
      }
      return
    }
    let file = try SafeTensors(path: path)
    guard file["image"] != nil || file["image.0"] == nil else {
      throw CheckpointError(path, "has pictures with ground truth, which --gradients is for")
    }
    try self.init(file, "image", configuration, originalSize: file.originalSize())
  }

  /// Takes one picture `[3, H, W]` of a safetensors file.
  fileprivate init(
    _ file: SafeTensors, _ name: String, _ configuration: DetectorConfiguration,
    originalSize: Extent? = nil
  ) throws(CheckpointError) {
    let tensor = try file.tensor(named: name)
    guard tensor.rank == 3, tensor.shape[0] == 3, tensor.shape[1] > 0, tensor.shape[2] > 0 else {
      throw CheckpointError(file.path, "has \(name) in the shape \(tensor.shape), not [3, H, W]")
    }
    guard tensor.storage.allSatisfy(\.isFinite) else {
      throw CheckpointError(file.path, "has numbers in \(name) that are not finite")
    }
    let values = tensor.reshaped(to: [1] + tensor.shape).channelsLast
    self = try PreparedPicture.naming(file.path) { () throws(DataError) in
      try PreparedPicture(
        values: values, configuration.preparation, originalSize: originalSize)
    }
  }

  /// Adds the file's name to what is wrong with a picture.
  private static func naming(
    _ path: String, _ body: () throws(DataError) -> PreparedPicture
  ) throws(CheckpointError) -> PreparedPicture {
    do throws(DataError) {
      return try body()
    } catch {
      throw CheckpointError(path, error.description)
    }
  }
}

extension SafeTensors {
  /// The size that a resized picture had, if the file tells.
  fileprivate func originalSize() throws(CheckpointError) -> Extent? {
    guard self["original_size"] != nil else { return nil }
    let sides = try integers(named: "original_size")
    guard sides.count == 2, sides.allSatisfy({ (1...Image.longestSide).contains($0) }),
      sides[0] * sides[1] <= Image.mostPixels
    else { throw CheckpointError(path, "has an original_size \(sides) that no picture has") }
    return Extent(height: sides[0], width: sides[1])
  }
}

/// Pictures with ground truth for one training step.
public struct TrainingInput: Sendable {
  /// The same pictures and objects with one kind of outline.
  public struct Form: Sendable {
    /// `polygon` or `bitmask`.
    public let name: String
    /// Pictures and objects.
    public let examples: [TrainingExample]
  }

  /// Polygons if there are any, then bitmaps if there are any.
  public let forms: [Form]

  /// Reads `image.0` …, `gt.0.boxes`, `gt.0.classes` and `gt.0.bitmasks` of a safetensors file, and the polygons of a
  /// `ground_truth.json` beside it.
  ///
  /// - Parameters:
  ///   - path: Where the safetensors file is.
  ///   - configuration: The detector that the input is for.
  /// - Throws: `CheckpointError` that names the file and the fault.
  public init(path: String, for configuration: DetectorConfiguration) throws(CheckpointError) {
    let file = try SafeTensors(path: path)
    guard file["image.0"] != nil else {
      throw CheckpointError(path, "has no ground truth, which gradients need")
    }
    let images = (0..<file.entries.count).prefix { file["image.\($0)"] != nil }
    var examples: [TrainingExample] = []
    for image in images { examples.append(try TrainingInput.example(file, image, configuration)) }
    guard Set(examples.map(\.picture.pixels.shape)).count == 1 else {
      throw CheckpointError(path, "has pictures of several padded sizes")
    }
    var forms: [Form] = []
    if let polygons = try TrainingInput.polygons(
      path.directory + "ground_truth.json", examples)
    {
      forms.append(Form(name: "polygon", examples: polygons))
    }
    if forms.isEmpty || examples.contains(where: { $0.truths.contains { $0.outline != nil } }) {
      forms.append(Form(name: "bitmask", examples: examples))
    }
    self.forms = forms
  }

  private static func example(
    _ file: SafeTensors, _ image: Int, _ configuration: DetectorConfiguration
  ) throws(CheckpointError) -> TrainingExample {
    let picture = try PreparedPicture(file, "image.\(image)", configuration)
    let name = "gt.\(image)"
    let boxes = try file.tensor(named: name + ".boxes")
    let classes = try file.integers(named: name + ".classes")
    guard boxes.shape == [classes.count, 4] else {
      throw CheckpointError(
        file.path, "has \(name).boxes in the shape \(boxes.shape) for \(classes.count) classes")
    }
    var bitmaps: [UInt8]?
    let size = picture.size
    if let entry = file[name + ".bitmasks"] {
      guard entry.shape == [classes.count, size.height, size.width] else {
        throw CheckpointError(file.path, "has \(name).bitmasks in the shape \(entry.shape)")
      }
      bitmaps = try file.integers(named: name + ".bitmasks").map { $0 == 0 ? 0 : 1 }
    }
    var truths: [TrainingExample.Truth] = []
    for (index, label) in classes.enumerated() {
      let box = Box(boxes[index, 0], boxes[index, 1], boxes[index, 2], boxes[index, 3])
      guard box.isFinite, box.isLarger(), (0..<configuration.classes).contains(label) else {
        throw CheckpointError(
          file.path, "has in \(name) an object \(index) without area or of an unknown class")
      }
      let mask = bitmaps.map { bitmaps in
        RunLengthMask(width: size.width, height: size.height) { x, y in
          bitmaps[(index * size.height + y) * size.width + x] != 0
        }
      }
      truths.append(
        TrainingExample.Truth(
          box: box, classIndex: label, outline: mask.map(CocoSegmentation.mask)))
    }
    return TrainingExample(picture: picture, truths: truths)
  }

  /// The examples with the polygons of a file, if there is one.
  private static func polygons(
    _ path: String, _ examples: [TrainingExample]
  ) throws(CheckpointError) -> [TrainingExample]? {
    guard CheckpointFile.exists(path) else { return nil }
    let file = try ConfigurationFile(path: path)
    let images = try file.objects("images")
    guard images.count == examples.count else {
      throw file.fault("images", "as many as the pictures, \(examples.count)")
    }
    var result = examples
    for (image, entry) in images.enumerated() {
      let objects = try entry.objects("objects")
      guard objects.count == examples[image].truths.count else {
        throw entry.fault("objects", "as many as the boxes, \(examples[image].truths.count)")
      }
      for (index, object) in objects.enumerated() {
        let polygons = try object.doubleLists("polygons")
        let limit = RunLengthMask.farthestCorner
        guard
          polygons.allSatisfy({ polygon in
            polygon.count >= 6 && polygon.count % 2 == 0
              && polygon.allSatisfy { abs($0) <= limit }
          })
        else { throw object.fault("polygons", "lists of at least three corners") }
        result[image].truths[index].outline = .polygons(polygons)
      }
    }
    return result
  }
}

extension String {
  /// The path up to its last slash, that slash included.
  fileprivate var directory: String {
    String(prefix(upTo: lastIndex(of: "/").map(index(after:)) ?? startIndex))
  }
}
