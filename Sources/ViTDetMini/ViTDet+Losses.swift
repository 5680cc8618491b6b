/// A picture to learn from, with what is to be found in it.
public struct TrainingExample: Sendable {
  /// An object, in pixels of the network's input.
  public struct Truth: Sendable {
    /// Where it is.
    public var box: Box
    /// Its class, counted from 0.
    public var classIndex: Int
    /// Its outline; without one the mask head learns nothing from it.
    public var outline: CocoSegmentation?

    /// Creates an object.
    public init(box: Box, classIndex: Int, outline: CocoSegmentation?) {
      self.box = box
      self.classIndex = classIndex
      self.outline = outline
    }
  }

  /// The picture, prepared as the configuration says.
  public var picture: PreparedPicture
  /// The objects.
  public var truths: [Truth]

  /// Creates an example.
  public init(picture: PreparedPicture, truths: [Truth]) {
    self.picture = picture
    self.truths = truths
  }
}

extension ViTDet {
  /// How far the detector is from what it should say about some pictures.
  ///
  /// - Parameters:
  ///   - examples: The pictures, all of one padded size, with their objects.
  ///   - randomNumbers: Choose the anchors and boxes that count, and the branches that drop path leaves out.
  ///   - recorder: Keeps intermediate values.
  /// - Returns: The losses; `total.backward()` sends gradients to the parameters of a trainable detector.
  /// - Precondition: There is an example, and every object has an area and a class of the configuration.
  public func losses(
    for examples: [TrainingExample], using randomNumbers: inout RandomNumbers,
    recorder: Recorder? = nil
  ) -> TrainingLosses {
    precondition(!examples.isEmpty, "losses: no examples")
    precondition(
      examples.allSatisfy {
        $0.truths.allSatisfy {
          $0.box.isLarger() && (0..<configuration.classes).contains($0.classIndex)
        }
      }, "losses: an object without area or of a class beyond \(configuration.classes)")
    let pass = ForwardPass(recorder: recorder, randomNumbers: randomNumbers)
    let pixels = Tensor.joined(examples.map(\.picture.pixels))
    let maps = maps(Variable(pixels), pass)
    let output = proposalNetwork(maps, pass)
    var generator = pass.randomNumbers ?? randomNumbers
    var parts = proposalNetwork.losses(output, examples, using: &generator, pass)
    let proposals = examples.indices.map { image in
      proposalNetwork.proposals(
        output, image: image, size: examples[image].picture.size, isTraining: true)
    }
    for (image, found) in proposals.enumerated() {
      recorder?.record(Tensor(boxes: found.map(\.box)), as: "proposals.\(image).boxes")
      recorder?.record(
        Tensor(list: found.map(\.logit)), as: "proposals.\(image).objectness_logits")
    }
    let levels = Array(maps.prefix(configuration.levels.count))
    parts += heads.losses(
      levels, proposals: proposals.map { $0.map(\.box) }, examples, using: &generator, pass)
    randomNumbers = generator
    return TrainingLosses(parts: parts)
  }
}
