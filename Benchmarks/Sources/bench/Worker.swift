import ViTDetMini

/// Runs a backbone whenever a line arrives, so that a script can let several libraries take turns.
///
/// `bench worker MODEL INPUT OUT [--gradients]`: says `ready`, answers each line with the seconds that a run took, and
/// writes at the end of its input what the last run gave, and the most memory that it had.
func work(_ arguments: [String]) throws {
  guard arguments.count >= 3 else {
    print("bench worker MODEL INPUT OUT [--gradients]")
    return
  }
  let directory = try ModelDirectory.read(arguments[0])
  let input = try ModelInput.read(path: arguments[1], for: directory.configuration)
  let wantsGradients = arguments.contains("--gradients")
  if wantsGradients { Training.keepFreedMemory() }  // as `vitdet train` does
  let image = Variable(input.pixels)
  // As of a sum of the map.
  let size = directory.configuration.grid
  let cotangent = Tensor(
    shape: [1, size.height, size.width, directory.configuration.embedDim],
    storage: [Float](repeating: 1, count: size.area * directory.configuration.embedDim))
  let parameters = directory.backboneParameters
  let network = try ViT(directory.configuration, parameters: parameters, trainable: wantsGradients)
  var last: Tensor?
  let clock = ContinuousClock()
  print("ready")
  flush()
  while readLine() != nil {
    let seconds = clock.measure {
      let map = network(image)
      if wantsGradients { map.backward(cotangent) }
      last = map.value
    }
    print(seconds / .seconds(1))
    flush()
  }
  if let last {
    try SafeTensors.write(FeatureMaps(Recorder(), last: last, depth: 0).all, to: arguments[2])
  }
  print(peakMemory())
}
