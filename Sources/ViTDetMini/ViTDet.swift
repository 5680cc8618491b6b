/// The whole detector: backbone, pyramid, proposals, boxes and masks.
///
/// Source: ViTDet; detectron2 `GeneralizedRCNN` with `SimpleFeaturePyramid` on `ViT`.
public final class ViTDet {
  /// How it is built.
  public let configuration: DetectorConfiguration
  /// The vision transformer.
  public let backbone: ViT
  let pyramid: SimpleFeaturePyramid
  let proposalNetwork: RegionProposalNetwork
  let heads: ROIHeads
  private let table: ParameterTable
  private let specifications: [ParameterSpecification]

  /// Creates a detector from parameters.
  ///
  /// - Parameters:
  ///   - configuration: How it is built.
  ///   - parameters: Its numbers; those it has no use for are ignored.
  ///   - trainable: Whether gradients are to be recorded.
  /// - Throws: `ModelError` if the configuration contradicts itself or a parameter is missing or of another shape.
  public init(
    _ configuration: DetectorConfiguration, parameters: Parameters, trainable: Bool = false
  ) throws(ModelError) {
    try configuration.validate()
    specifications = configuration.parameterSpecifications()
    table = try ParameterTable(specifications, parameters, trainable: trainable)
    self.configuration = configuration
    backbone = ViT(
      configuration.backbone, table: table.scoped("backbone").scoped("net"),
      specifications: configuration.backbone.parameterSpecifications())
    pyramid = SimpleFeaturePyramid(table.scoped("backbone"), configuration)
    proposalNetwork = RegionProposalNetwork(table.scoped("proposal_generator"), configuration)
    heads = ROIHeads(table.scoped("roi_heads"), configuration)
  }

  /// Creates an untrained detector; the same seed gives the same numbers on every machine.
  ///
  /// - Parameters:
  ///   - configuration: How it is built.
  ///   - seed: Chooses the numbers.
  /// - Precondition: The configuration is valid.
  public convenience init(_ configuration: DetectorConfiguration, seed: UInt64) {
    do {
      try self.init(
        configuration,
        parameters: Parameters(configuration.parameterSpecifications(), seed: seed))
    } catch {
      preconditionFailure("ViTDet: \(error)")
    }
  }

  /// The parameters as they are now.
  public var parameters: Parameters {
    var result = Parameters()
    for specification in specifications {
      result[specification.name] = table[specification.name].value
    }
    return result
  }

  /// The variable of a parameter: where its gradient arrives.
  public func variable(named name: String) -> Variable? {
    table.optional(name)
  }

  /// Finds the objects in a picture.
  ///
  /// - Parameters:
  ///   - picture: The picture, prepared as the configuration says.
  ///   - recorder: Keeps intermediate values, such as `p3`, `objectness.p3`, `class_logits` and `mask_probs`.
  ///   - cost: Counts what is executed.
  /// - Returns: What was found, best first, in pixels of the original picture.
  public func detections(
    in picture: PreparedPicture, recorder: Recorder? = nil, cost: CostCounter? = nil
  ) -> [Detection] {
    let pass = ForwardPass(recorder: recorder, cost: cost)
    let maps = maps(Variable(picture.pixels), pass)
    let output = proposalNetwork(maps, pass)
    let proposals = proposalNetwork.proposals(
      output, image: 0, size: picture.size, isTraining: false)
    recorder?.record(Tensor(boxes: proposals.map(\.box)), as: "proposals.boxes")
    recorder?.record(Tensor(list: proposals.map(\.logit)), as: "proposals.objectness_logits")
    let levels = Array(maps.prefix(configuration.levels.count))
    let found = heads.detect(levels, proposals: proposals, size: picture.size, pass)
    recorder?.record(Tensor(boxes: found.map(\.box)), as: "boxes")
    recorder?.record(Tensor(list: found.map(\.score)), as: "scores")
    recorder?.record(Tensor(list: found.map { Float($0.classIndex) }), as: "classes")
    recorder?.record(Tensor(list: found.map { Float($0.source) }), as: "source_proposal")
    let masks = heads.masks(levels, found, pass)
    return picture.detections(
      found.map { ($0.box, $0.score, $0.classIndex) },
      masks: masks.map { $0.reshaped(to: Array($0.shape.dropLast())) })
  }

  /// The maps of all levels, that of the top block last.
  func maps(_ pixels: Variable, _ pass: ForwardPass) -> [Variable] {
    pass.record(pixels, as: "padded_input")
    let last = pass.record(backbone(pixels, pass), as: "backbone.last_feat")
    return pyramid(last, pass)
  }
}

extension Tensor {
  /// Numbers in a row, `[n]`.
  init(list: [Float]) {
    self.init(shape: [list.count], storage: list)
  }
}
