internal import ViTDetMini

extension Experiment {
  /// That a convolution whose stride is its kernel is one matrix product over the cut patches.
  static let projectionEquality = Experiment("projection-equality") { input in
    let configuration = input.laboratory.configuration
    let measured = try input.laboratory.projection()
    let size = NumberText.measured(measured.largestValue)
    return Figure(
      title: input.say(
        "Strided convolution or unfold and multiply", "步长卷积，还是展开后做矩阵乘法"),
      sentence: input.say(
        "The same \(NumberText.grouped(measured.values)) token values: they differ by at most "
          + "\(NumberText.measured(measured.matrixDifference)) where the largest value is \(size), "
          + "which is rounding.",
        "同样的 \(NumberText.grouped(measured.values)) 个 token 数值：最多相差 "
          + "\(NumberText.measured(measured.matrixDifference))，而最大的值是 \(size)，这只是舍入误差。"),
      body: .table(
        Table(
          columns: [
            input.say("against the convolution", "与卷积相比"),
            input.say("difference", "差异"), "ulp",
          ],
          rows: [
            [
              input.say("unfold + matrix product", "展开 + 矩阵乘法"),
              NumberText.measured(measured.matrixDifference),
              NumberText.fixed(measured.matrixDifference / measured.unit, 1),
            ],
            [
              input.say("the model's tokens", "模型中的 token"),
              NumberText.measured(measured.modelDifference),
              NumberText.fixed(measured.modelDifference / measured.unit, 1),
            ],
            [
              input.say("one pixel off, to compare", "错开一个像素，作对比"),
              NumberText.measured(measured.shiftedDifference),
              NumberText.grouped(Int((measured.shiftedDifference / measured.unit).rounded())),
            ],
          ])),
      legend: [
        LegendEntry(
          "ulp",
          input.say(
            "units in the last place of \(size): steps between neighbouring Float numbers",
            "以 \(size) 的末位为单位：相邻两个 Float 之间的间隔"))
      ],
      evidence: Table(
        columns: [input.say("way", "做法"), input.say("input", "输入"), input.say("weight", "权重")],
        rows: [
          [
            input.say("convolution", "卷积"), NumberText.shape(measured.imageShape),
            NumberText.shape(measured.kernelShape),
          ],
          [
            input.say("matrix product", "矩阵乘法"),
            "\(configuration.grid.area)×\(measured.kernelShape.dropFirst().reduce(1, *))",
            "\(measured.kernelShape.dropFirst().reduce(1, *))×\(measured.kernelShape[0])",
          ],
        ]))
  }
}

/// How far apart the two ways to project patches are.
struct ProjectionMeasurement: Sendable {
  /// The shapes of the image and of the kernel.
  let imageShape: [Int]
  let kernelShape: [Int]
  /// How many values were compared.
  let values: Int
  /// The largest value.
  let largestValue: Double
  /// The largest difference of the matrix product over cut patches.
  let matrixDifference: Double
  /// The largest difference of the tokens that the model recorded.
  let modelDifference: Double
  /// The largest difference to the tokens of the picture moved by one pixel.
  let shiftedDifference: Double
  /// The step between neighbouring numbers at the largest value.
  var unit: Double { Double(Float(largestValue).ulp) }
  /// The difference of the matrix product as a share of the largest value.
  var relativeDifference: Double { matrixDifference / largestValue }
}

extension Laboratory {
  /// Projects the picture's patches by a sliding kernel and by a matrix product, and compares.
  func projection() throws -> ProjectionMeasurement {
    try result("projection") {
      let image = picture.normalised()
      let kernel = try parameter("patch_embed.proj.weight")  // [C, P, P, 3]
      let bias = try parameter("patch_embed.proj.bias")
      let slid = slidingKernel(image, kernel, bias)
      func product(_ image: Tensor) -> Tensor {
        linearMap(
          Variable(unfoldPatches(image, patch: configuration.patchSize)),
          weight: Variable(kernel.reshaped(to: [kernel.shape[0], kernel.count / kernel.shape[0]])),
          bias: Variable(bias)
        ).value
      }
      let model = try recording(configuration).map("patch_embed.proj")
      let shifted = product(picture.shiftedRight(by: 1).normalised())
      return ProjectionMeasurement(
        imageShape: image.shape, kernelShape: kernel.shape, values: slid.count,
        largestValue: Double(slid.storage.reduce(0) { max($0, abs($1)) }),
        matrixDifference: Double(slid.largestDifference(from: product(image))),
        modelDifference: Double(slid.largestDifference(from: model)),
        shiftedDifference: Double(slid.largestDifference(from: shifted)))
    }
  }
}

/// The convolution by its definition, with the stride equal to the kernel: at each stop one sum for each output.
///
/// Written out because the engine's own convolution unfolds, and would be compared with itself.
private func slidingKernel(_ image: Tensor, _ kernel: Tensor, _ bias: Tensor) -> Tensor {
  let (outputs, patch, channels) = (kernel.shape[0], kernel.shape[1], kernel.shape[3])
  let (rows, columns) = (image.shape[1] / patch, image.shape[2] / patch)
  var result: [Float] = []
  result.reserveCapacity(rows * columns * outputs)
  image.storage.withUnsafeBufferPointer { image in
    kernel.storage.withUnsafeBufferPointer { kernel in
      let line = columns * patch * channels
      for stop in 0..<rows * columns {
        let corner = stop / columns * patch * line + stop % columns * patch * channels
        for output in 0..<outputs {
          var sum = bias.storage[output]
          var weight = output * patch * patch * channels
          for row in 0..<patch {
            for offset in 0..<patch * channels {
              sum += image[corner + row * line + offset] * kernel[weight]
              weight += 1
            }
          }
          result.append(sum)
        }
      }
    }
  }
  return Tensor(shape: [1, rows, columns, outputs], storage: result)
}
