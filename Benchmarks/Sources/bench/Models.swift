import ViTDetMini

/// The backbone that the peers' numbers are of: four blocks of width 64 on 256 tokens, every second one global.
private let small = {
  var configuration = ViTConfiguration.tiny
  configuration.depth = 4
  configuration.windowBlockIndexes = [0, 2]
  return configuration
}()

/// Whole networks: forward, forward with backward, detection, a step of training.
func modelBenchmarks() {
  for (name, configuration) in [("small", small), ("base", ViTConfiguration.base)] {
    bench("model \(name) backbone") {
      let backbone = try ViT(
        configuration,
        parameters: Parameters(configuration.parameterSpecifications(), seed: 1))
      let image = Variable(
        numbers([1, configuration.imgSize.height, configuration.imgSize.width, 3]))
      return { _ = backbone(image) }
    }
  }
  bench("model small backbone, with gradients") {
    let backbone = try ViT(
      small, parameters: Parameters(small.parameterSpecifications(), seed: 1), trainable: true)
    let image = Variable(numbers([1, 256, 256, 3]))
    let seed = numbers([1, 16, 16, 64])
    return { backbone(image).backward(seed) }
  }
  bench("model tiny detect, 100 masks") {
    var configuration = DetectorConfiguration.tiny
    configuration.boxHead.mostDetections = 100
    configuration.boxHead.scoreThreshold = 0
    let detector = ViTDet(configuration, seed: 1)
    let scene = ShapesScene(seed: 1, size: 256)
    let picture = try PreparedPicture(scene.image, configuration.preparation)
    guard detector.detections(in: picture).count == 100 else {
      throw ModelError.configuration("there are fewer than 100 detections to time")
    }
    return { _ = detector.detections(in: picture) }
  }
  // Last, since its memory is not given back.
  bench("model tiny training, a step of 8 pictures", seconds: 3) {
    Training.keepFreedMemory()
    let training = try Training(TrainingRecipe())
    return { _ = try training.step() }
  }
}
