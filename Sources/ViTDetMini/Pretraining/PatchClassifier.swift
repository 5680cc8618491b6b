/// A detector's backbone each of whose patches says which classes the whole picture shows.
///
/// A patch can only know what stands elsewhere if global blocks bring it there. So the backbone learns, with windows and
/// relative positions in place, to carry context to where a detector will look for it.
///
/// Source: Jiang et al., All Tokens Matter (LV-ViT), which lets every token learn; Bao et al., BEiT, "intermediate
/// fine-tuning" between pre-training and the task.
public final class PatchClassifier: Classifier {
  private let table: ParameterTable
  private let backbone: ViT
  private let norm: LayerNorm
  private let head: Linear

  /// Creates a classifier from parameters.
  ///
  /// - Parameters:
  ///   - configuration: How the backbone is built.
  ///   - classes: The number of classes.
  ///   - parameters: Its numbers, by detectron2's names.
  ///   - trainable: Whether gradients are to be recorded.
  /// - Throws: `ModelError` if the configuration contradicts itself or a parameter is missing or of another shape.
  public init(
    _ configuration: ViTConfiguration, classes: Int, parameters: Parameters, trainable: Bool = false
  ) throws(ModelError) {
    try configuration.validate()
    let specifications = Self.specifications(configuration, classes: classes)
    table = try ParameterTable(specifications, parameters, trainable: trainable)
    backbone = ViT(configuration, table: table, specifications: specifications)
    norm = LayerNorm(table, "norm")
    head = Linear(table, "head")
  }

  /// The variable of a parameter: where its gradient arrives.
  public func variable(named name: String) -> Variable? { table.optional(name) }

  /// A number for each patch and class, above 0 if the patch thinks that the picture shows it.
  ///
  /// - Parameters:
  ///   - images: `[B, S, S, 3]`, normalised.
  ///   - pass: Who watches.
  /// - Returns: `[B · N, K]` for `N` patches.
  func logits(_ images: Variable, _ pass: ForwardPass) -> Variable {
    let map = backbone(images, pass)  // [B, H/P, W/P, C]
    let patches = map.shape.dropLast().reduce(1, *)
    return head(norm(map, pass).reshaped(to: [patches, map.shape[3]]), pass)
  }

  /// Every parameter, the backbone's by detectron2's names.
  static func specifications(
    _ configuration: ViTConfiguration, classes: Int
  ) -> [ParameterSpecification] {
    configuration.parameterSpecifications()
      + LayerNorm.specifications("norm", channels: configuration.embedDim)
      + Linear.specifications("head", inputs: configuration.embedDim, outputs: classes)
  }
}
