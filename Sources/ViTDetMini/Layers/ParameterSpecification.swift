/// One parameter of a network before it has numbers: its name, its shape, how it begins and how files keep it.
public struct ParameterSpecification: Sendable, Hashable {
  /// detectron2's name.
  public let name: String
  /// The shape in memory.
  public let shape: [Int]
  /// How it begins when nothing is loaded.
  public let initialization: Initialization
  /// How checkpoints keep it.
  public let layout: CheckpointLayout

  /// Creates a specification.
  public init(
    _ name: String, _ shape: [Int], _ initialization: Initialization,
    layout: CheckpointLayout = .same
  ) {
    self.name = name
    self.shape = shape
    self.initialization = initialization
    self.layout = layout
  }

  /// How many numbers it has.
  public var count: Int { shape.reduce(1, *) }

  /// The shape in a checkpoint.
  public var checkpointShape: [Int] { layout.checkpointShape(of: shape) }

  /// The same parameter under a longer name.
  public func prefixed(_ prefix: String) -> ParameterSpecification {
    ParameterSpecification(prefix + name, shape, initialization, layout: layout)
  }
}

/// How checkpoints arrange a parameter, compared to memory.
///
/// Memory is channels last, checkpoints are channels first; parameters are turned once, at loading.
public enum CheckpointLayout: Sendable, Hashable {
  /// The same way.
  case same
  /// A convolution: `[O, I, k_h, k_w]` there, `[O, k_h, k_w, I]` here.
  case convolution
  /// A transposed convolution: `[I, O, k_h, k_w]` there, `[I, k_h, k_w, O]` here.
  case transposedConvolution
  /// A linear map of a flattened `[C, H, W]` there, of `[H, W, C]` here.
  case flattened(channels: Int, Extent)

  /// The shape in a checkpoint of a parameter with the given shape in memory.
  func checkpointShape(of shape: [Int]) -> [Int] {
    switch self {
    case .same, .flattened: shape
    case .convolution, .transposedConvolution: [shape[0], shape[3], shape[1], shape[2]]
    }
  }

  /// The parameter as it is kept in memory.
  func fromCheckpoint(_ tensor: Tensor) -> Tensor {
    switch self {
    case .same: tensor
    case .convolution, .transposedConvolution: tensor.permuted([0, 2, 3, 1])
    case .flattened(let channels, let extent):
      tensor.reshaped(to: [tensor.shape[0], channels, extent.area])
        .permuted([0, 2, 1]).reshaped(to: tensor.shape)
    }
  }

  /// The parameter as checkpoints keep it.
  func toCheckpoint(_ tensor: Tensor) -> Tensor {
    switch self {
    case .same: tensor
    case .convolution, .transposedConvolution: tensor.permuted([0, 3, 1, 2])
    case .flattened(let channels, let extent):
      tensor.reshaped(to: [tensor.shape[0], extent.area, channels])
        .permuted([0, 2, 1]).reshaped(to: tensor.shape)
    }
  }
}
