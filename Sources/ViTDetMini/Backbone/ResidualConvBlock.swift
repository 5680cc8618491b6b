/// The shapes of the convolution block that the paper compares as ways to carry information across windows.
public enum ResidualBlockKind: String, Sendable, Hashable, CaseIterable {
  /// One 3×3 convolution.
  case naive
  /// Two 3×3 convolutions.
  case basic
  /// 1×1 to half the channels, 3×3, and 1×1 back.
  case bottleneck

  /// How many convolutions it has, with a norm behind each; the last norm begins with 0.
  public var convolutionCount: Int { convolutions(channels: 2).count }

  /// The kernel's side, the input and the output channels of each convolution.
  func convolutions(channels: Int) -> [(kernel: Int, inputs: Int, outputs: Int)] {
    let half = channels / 2
    return switch self {
    case .naive: [(3, channels, channels)]
    case .basic: [(3, channels, channels), (3, channels, channels)]
    case .bottleneck: [(1, channels, half), (3, half, half), (1, half, channels)]
    }
  }
}

/// A convolution block on top of a shortcut: after each convolution a norm, between them GELU.
///
/// Its last norm begins with weight and bias 0, so that at first the block is the identity and a pre-trained
/// network is not disturbed. Everything else begins random: were all of it 0, no gradient but that
/// bias's would ever leave 0.
///
/// Source: ViTDet §3 and Table 2b; detectron2 `ResBottleneckBlock`.
struct ResidualConvBlock {
  let name: String
  let layers: [(convolution: Conv2D, norm: LayerNorm)]

  init(_ table: ParameterTable, _ name: String, _ configuration: ViTConfiguration) {
    self.name = table.name(name)
    let table = table.scoped(name)
    layers = (1...configuration.residualBlock.convolutionCount).map {
      (Conv2D(table, "conv\($0)"), LayerNorm(table, "norm\($0)"))
    }
  }

  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    var y = x
    for (index, layer) in layers.enumerated() {
      if index > 0 {
        pass.cost?.count("\(name).act\(index)", .elementwise(count: y.value.count))
        y = gelu(y)
      }
      y = layer.norm(layer.convolution(y, pass), pass)
    }
    return x + y
  }

  static func specifications(
    _ name: String, _ configuration: ViTConfiguration
  ) -> [ParameterSpecification] {
    let convolutions = configuration.residualBlock.convolutions(channels: configuration.embedDim)
    return convolutions.enumerated().flatMap { index, layer in
      Conv2D.specifications(
        "\(name).conv\(index + 1)", inputs: layer.inputs, outputs: layer.outputs,
        kernel: layer.kernel, .heNormal(fanOut: layer.outputs * layer.kernel * layer.kernel))
        + LayerNorm.specifications(
          "\(name).norm\(index + 1)", channels: layer.outputs,
          zero: index == convolutions.count - 1)
    }
  }
}
