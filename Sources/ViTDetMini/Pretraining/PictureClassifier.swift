/// A plain transformer that says which classes a picture shows, from its class token.
///
/// A picture may show several, so each class is a question of its own.
///
/// Source: timm `VisionTransformer`, with `head` behind the class token.
public final class PictureClassifier: Classifier {
  /// How the transformer is built.
  public let configuration: ViTConfiguration
  private let table: ParameterTable
  private let encoder: PlainViT
  private let head: Linear

  /// Creates a classifier from parameters.
  ///
  /// - Parameters:
  ///   - configuration: How the transformer is built.
  ///   - classes: The number of classes.
  ///   - parameters: Its numbers, by timm's names.
  ///   - trainable: Whether gradients are to be recorded.
  /// - Throws: `ModelError` if the configuration contradicts itself or a parameter is missing or of another shape.
  public init(
    _ configuration: ViTConfiguration, classes: Int, parameters: Parameters, trainable: Bool = false
  ) throws(ModelError) {
    try configuration.validate()
    let table = try ParameterTable(
      Self.specifications(configuration, classes: classes), parameters, trainable: trainable)
    self.configuration = configuration
    self.table = table
    encoder = PlainViT(table, configuration)
    head = Linear(table, "head")
  }

  /// The variable of a parameter: where its gradient arrives.
  public func variable(named name: String) -> Variable? { table.optional(name) }

  /// A number for each class, above 0 if the picture is thought to show it.
  ///
  /// - Parameters:
  ///   - images: `[B, S, S, 3]`, normalised.
  ///   - pass: Who watches.
  /// - Returns: `[B, K]`.
  func logits(_ images: Variable, _ pass: ForwardPass) -> Variable {
    let tokens = encoder(images, pass)  // [B, 1 + N, C]
    let (count, length, width) = (tokens.shape[0], tokens.shape[1], tokens.shape[2])
    let first = tokens.reshaped(to: [count * length, width])
      .selectedRows((0..<count).map { $0 * length })
    return head(first, pass)
  }

  /// Every parameter, by timm's names.
  static func specifications(
    _ configuration: ViTConfiguration, classes: Int
  ) -> [ParameterSpecification] {
    PlainViT.specifications(configuration)
      + Linear.specifications("head", inputs: configuration.embedDim, outputs: classes)
  }
}
