/// A detector as the lab trains it: the three choices that the paper's Tables 1, 2 and 4 compare.
public struct LabVariant: Sendable, Hashable {
  /// The maps that the heads see.
  public var pyramid: Pyramid
  /// How information travels between windows.
  public var propagation: Propagation
  /// What the backbone begins with.
  public var start: LabStart

  /// Creates a variant; what is left out is as in the paper's detector.
  public init(
    pyramid: Pyramid = .simple, propagation: Propagation = .global(.even), start: LabStart = .mae
  ) {
    self.pyramid = pyramid
    self.propagation = propagation
    self.start = start
  }

  /// Its three choices, such as `simple-even-mae`: the same whatever table asks for it.
  public var key: String { "\(pyramid.rawValue)-\(propagation.name)-\(start.rawValue)" }

  /// A recipe for this variant.
  ///
  /// - Parameters:
  ///   - recipe: The settings that all variants share.
  ///   - starts: Where the weights to begin with are.
  /// - Returns: The recipe with the variant's model and start.
  func recipe(_ recipe: TrainingRecipe, starts: LabStarts) -> TrainingRecipe {
    var result = recipe
    result.model = recipe.model.with(pyramid)
    result.model.backbone = recipe.model.backbone.with(propagation)
    result.start = starts[start]
    return result
  }
}

/// What a backbone begins with: the rows of the paper's Table 4, and what this course's own detector begins with.
public enum LabStart: String, Sendable, Hashable, CaseIterable {
  /// Random numbers.
  case random
  /// A plain transformer that learned to classify.
  case classified
  /// A plain transformer that learned to fill in masked patches.
  case mae
  /// A detector's backbone, begun with that one, whose patches learned to say what the whole picture shows. Not in the paper.
  case context
}

/// Where the weights to begin with are: model directories or safetensors files of plain transformers.
public struct LabStarts: Sendable, Hashable {
  /// The transformer that learned to classify.
  public var classified: String?
  /// The masked autoencoder's encoder.
  public var mae: String?
  /// The backbone whose patches look across the picture.
  public var context: String?

  /// Creates the places; nil where there are no weights.
  public init(classified: String? = nil, mae: String? = nil, context: String? = nil) {
    self.classified = classified
    self.mae = mae
    self.context = context
  }

  subscript(start: LabStart) -> String? {
    switch start {
    case .random: nil
    case .classified: classified
    case .mae: mae
    case .context: context
    }
  }
}

extension Propagation {
  /// One word: `none`, the placement of global blocks, or the kind of convolution block.
  public var name: String {
    switch self {
    case .none: "none"
    case .global(let placement): placement.rawValue
    case .conv(let kind): kind.rawValue
    }
  }

  /// The way of a name; nil for other words.
  public init?(name: String) {
    if name == "none" {
      self = .none
    } else if let placement = GlobalPlacement(rawValue: name) {
      self = .global(placement)
    } else if let kind = ResidualBlockKind(rawValue: name) {
      self = .conv(kind)
    } else {
      return nil
    }
  }
}
