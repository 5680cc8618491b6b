internal import Glibc

/// How a parameter begins.
public enum Initialization: Sendable, Hashable {
  /// All 0.
  case zeros
  /// All 1.
  case ones
  /// A normal distribution around 0, cut off at ±2.
  case truncatedNormal(standardDeviation: Float)
  /// A normal distribution around 0.
  case normal(standardDeviation: Float)
  /// Evenly from `−bound` to `bound`.
  case uniform(bound: Float)
  /// The fixed two-dimensional sines and cosines of a masked autoencoder's position embedding, after a
  /// leading class row of zeros if `classRow`.
  case sineCosine(classRow: Bool)

  /// PyTorch's default for a convolution: evenly within `1 / √fanIn`.
  public static func convolutionDefault(fanIn: Int) -> Initialization {
    .uniform(bound: 1 / Float(fanIn).squareRoot())
  }

  /// He's rule for layers followed by ReLU: a normal distribution of variance `2 / fanOut`.
  public static func heNormal(fanOut: Int) -> Initialization {
    .normal(standardDeviation: (2 / Float(fanOut)).squareRoot())
  }

  /// Numbers for a parameter.
  func tensor(shape: [Int], random: inout RandomNumbers) -> Tensor {
    let count = Tensor.count(of: shape)
    switch self {
    case .zeros: return Tensor(zeros: shape)
    case .ones: return Tensor(shape: shape, repeating: 1)
    case .truncatedNormal(let deviation):
      return Tensor(
        shape: shape,
        storage: (0..<count).map { _ in random.truncatedNormal(standardDeviation: deviation) })
    case .normal(let deviation):
      return Tensor(shape: shape, storage: (0..<count).map { _ in random.normal() * deviation })
    case .uniform(let bound):
      return Tensor(
        shape: shape, storage: (0..<count).map { _ in random.uniform(in: -bound...bound) })
    case .sineCosine(let classRow):
      return sineCosinePositions(shape: shape, classRow: classRow)
    }
  }
}

/// The position rows `[1, rows, C]` of a masked autoencoder: the first half of the channels tells the column,
/// the second the row, each as sines, then cosines, of falling frequency.
///
/// Source: He et al., Masked Autoencoders, `get_2d_sincos_pos_embed`.
private func sineCosinePositions(shape: [Int], classRow: Bool) -> Tensor {
  let channels = shape[2]
  let side = Int(Double(shape[1] - (classRow ? 1 : 0)).squareRoot())
  var result = Tensor(zeros: shape)
  // Each axis has a half of the channels, and of that a half each for sines and cosines.
  let frequencies = channels / 4
  for row in 0..<side {
    for column in 0..<side {
      let position = row * side + column + (classRow ? 1 : 0)
      for (half, coordinate) in [column, row].enumerated() {
        for index in 0..<frequencies {
          let angle =
            Double(coordinate) / pow(10000, Double(index) / Double(frequencies))
          result[0, position, half * (channels / 2) + index] = Float(sin(angle))
          result[0, position, half * (channels / 2) + frequencies + index] = Float(cos(angle))
        }
      }
    }
  }
  return result
}
