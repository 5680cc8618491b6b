extension FeatureMaps {
  /// More numbers of pasted probabilities than this are left out; the masks themselves are a quarter as large.
  private static let softLimit = 1 << 26

  /// Collects what a recorder kept of a detector's pass.
  ///
  /// - Parameter recorder: It recorded the pass, without the backbone's inner values.
  public init(detector recorder: Recorder) {
    self.init()
    addRecorded(recorder)
  }

  /// Runs a detector on a picture and collects everything.
  ///
  /// - Parameters:
  ///   - model: The detector.
  ///   - picture: The picture.
  public init(of model: ViTDet, on picture: PreparedPicture) {
    let recorder = Recorder { !$0.hasPrefix("backbone.net.") }
    _ = model.detections(in: picture, recorder: recorder)
    self.init(detector: recorder)
    addMasks(recorder, picture)
  }

  /// The classes of numbers that files keep as whole ones.
  private mutating func addRecorded(_ recorder: Recorder) {
    for name in recorder.names {
      guard let tensor = recorder[name] else { continue }
      switch name.split(separator: ".").last {
      case "classes", "source_proposal", "gt_classes", "matched_gt":
        add(name, value: .int64(tensor.storage.map { Int64($0) }, shape: tensor.shape))
      case "gt_labels":
        add(name, value: .int32(tensor.storage.map { Int32($0) }, shape: tensor.shape))
      default:
        if name.hasPrefix("mask_targets.") {
          add(name, value: .uint8(tensor.storage.map { UInt8($0) }, shape: tensor.shape))
        } else {
          add(name, tensor.rank == 4 ? tensor.channelsFirst : tensor)
        }
      }
    }
  }

  /// The boxes in pixels of the original picture, and their masks there.
  private mutating func addMasks(_ recorder: Recorder, _ picture: PreparedPicture) {
    guard let boxes = recorder["boxes"] else { return }
    let size = picture.originalSize
    let originals = stride(from: 0, to: boxes.count, by: 4).map { start in
      picture.inOriginal(
        Box(
          boxes.storage[start], boxes.storage[start + 1], boxes.storage[start + 2],
          boxes.storage[start + 3]))
    }
    add("boxes_original", Tensor(boxes: originals))
    guard let probabilities = recorder["mask_probs"] else { return }
    let side = probabilities.shape[1]
    let shape = [originals.count, size.height, size.width]
    let keepsSoft = originals.count * size.area <= FeatureMaps.softLimit
    var hard = [UInt8](repeating: 0, count: originals.count * size.area)
    var soft = [Float](repeating: 0, count: keepsSoft ? hard.count : 0)
    for (index, box) in originals.enumerated() {
      let cells = probabilities.rows(index..<(index + 1)).storage
      let mask = PastedMask(
        cells: cells, side: side, box: box, width: size.width, height: size.height)
      for row in mask.rows {
        for column in mask.columns {
          let place = (index * size.height + row) * size.width + column
          let probability = mask.probability(x: column, y: row)
          hard[place] = probability >= 0.5 ? 1 : 0
          if keepsSoft { soft[place] = probability }
        }
      }
    }
    add("masks_pasted", value: .uint8(hard, shape: shape))
    if keepsSoft { add("masks_soft", Tensor(shape: shape, storage: soft)) }
  }

  /// One training step of a detector: losses, gradients and what led to them.
  ///
  /// With ground truth in both forms, the masks' targets are made from polygons; what changes with bitmaps follows under
  /// names that begin with `bitmask.`.
  ///
  /// - Parameters:
  ///   - input: Pictures and objects.
  ///   - directory: The model.
  ///   - seed: Chooses the anchors and boxes that count, if there are too many.
  /// - Throws: `ModelError` if the directory's parameters do not fit.
  public init(
    training input: TrainingInput, _ directory: ModelDirectory, seed: UInt64
  ) throws(ModelError) {
    self.init()
    guard let configuration = directory.detector else { return }
    for (index, form) in input.forms.enumerated() {
      let model = try ViTDet(configuration, parameters: directory.parameters, trainable: true)
      var randomNumbers = RandomNumbers(seed: seed)
      let recorder = Recorder { !$0.hasPrefix("backbone.net.") }
      let losses = model.losses(for: form.examples, using: &randomNumbers, recorder: recorder)
      losses.total.backward()
      var maps = FeatureMaps(detector: recorder)
      for (name, loss) in losses.parts { maps.add(name, loss.value.reshaped(to: [1])) }
      maps.add("total_loss", losses.total.value.reshaped(to: [1]))
      let gradients = directory.gradients(of: model.variable(named:))
      for name in gradients.names { maps.add("grad." + name, gradients[name]) }
      for (name, value) in maps.all {
        if name.hasPrefix("mask_targets.") {
          add("mask_targets.\(form.name).\(name.dropFirst("mask_targets.".count))", value: value)
        } else if index == 0 {
          add(name, value: value)
        } else if name == "loss_mask" || name.hasPrefix("grad.") {
          add("\(form.name).\(name)", value: value)
        }
      }
    }
  }
}
