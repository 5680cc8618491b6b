import ArgumentParser
import Foundation
import ViTDetMini

/// `vitdet features`: everything that a model computes on the way, as a file.
struct Features: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model's intermediate values for an input.",
    discussion: """
      The input is a PNG or JPEG picture, or a safetensors file: pixel_values [N,3,H,W] for a backbone, \
      image [3,H,W] for a detector. Gradients need a cotangent for a backbone, ground truth for a detector.
      """)

  @Argument(help: "A PNG or JPEG picture, or a safetensors file.")
  var input: String

  @Option(help: "The model's directory: config.json and model.safetensors.")
  var model: String

  @Option(help: "The safetensors file to write.")
  var out: String

  @Flag(help: "Also write losses and gradients.")
  var gradients = false

  @Option(help: "Chooses the boxes that count in a detector's losses, if there are too many.")
  var seed: UInt64 = 0

  /// More attention than this is left out: a large picture's would not fit into memory.
  private static let attentionLimit = 1 << 30

  func run() throws {
    let directory = try ModelDirectory.read(model)
    let maps: FeatureMaps
    if let detector = directory.detector {
      maps =
        gradients
        ? try FeatureMaps(
          training: try TrainingInput(path: input, for: detector), directory, seed: seed)
        : FeatureMaps(
          of: try ViTDet(detector, parameters: directory.parameters),
          on: try PreparedPicture(path: input, for: detector))
    } else {
      maps = try backboneMaps(directory)
    }
    try SafeTensors.write(maps.all, to: out)
    print("\(maps.names.count) tensors written to \(out)")
  }

  private func backboneMaps(_ directory: ModelDirectory) throws -> FeatureMaps {
    let configuration = directory.configuration
    let given = try ModelInput.read(path: input, for: configuration)
    if gradients, given.cotangent == nil {
      throw CheckpointError(input, "has no cotangent, which gradients need")
    }
    let network = try ViT(configuration, parameters: directory.parameters, trainable: gradients)
    let size = Extent(height: given.pixels.shape[1], width: given.pixels.shape[2])
    let attention = configuration.attentionBytes(image: size) * given.pixels.shape[0]
    let keepsAttention = attention <= Features.attentionLimit
    if !keepsAttention {
      let note = "note: attention is left out, it would take \(attention >> 20) MiB\n"
      FileHandle.standardError.write(Data(note.utf8))
    }
    let recorder = Recorder(where: { keepsAttention || !$0.hasSuffix(".attn") })
    let image = Variable(given.pixels, requiresGradient: gradients)
    let last = network(image, recorder: recorder)
    var maps = FeatureMaps(recorder, last: last.value, depth: configuration.depth)
    if gradients, let cotangent = given.cotangent {
      let loss = last.dot(cotangent)
      loss.backward()
      maps.add("loss", loss.value.reshaped(to: [1]))
      let found = directory.gradients(of: network.variable(named:))
      for name in found.names { maps.add("grad." + name, found[name]) }
      maps.add("grad_input.pixel_values", image.gradient?.channelsFirst)
    }
    return maps
  }
}
