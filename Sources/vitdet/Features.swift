import ArgumentParser
import Foundation
import ViTDetMini

/// `vitdet features`: everything that a model computes on the way, as a file.
struct Features: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model's intermediate values for an input.")

  @Argument(help: "A PNG or JPEG picture, or a safetensors file with pixel_values [N,3,H,W].")
  var input: String

  @Option(help: "The model's directory: config.json and model.safetensors.")
  var model: String

  @Option(help: "The safetensors file to write.")
  var out: String

  @Flag(help: "Also write the loss and its gradients; the input must carry a cotangent.")
  var gradients = false

  /// More attention than this is left out: a large picture's would not fit into memory.
  private static let attentionLimit = 1 << 30

  func run() throws {
    let directory = try ModelDirectory.read(model)
    let given = try ModelInput.read(path: input, for: directory.configuration)
    let network = try ViT(
      directory.configuration, parameters: directory.parameters, trainable: gradients)
    let size = Extent(height: given.pixels.shape[1], width: given.pixels.shape[2])
    let attention =
      directory.configuration.attentionBytes(image: size) * given.pixels.shape[0]
    let keepsAttention = attention <= Features.attentionLimit
    if !keepsAttention {
      let note = "note: attention is left out, it would take \(attention >> 20) MiB\n"
      FileHandle.standardError.write(Data(note.utf8))
    }
    let recorder = Recorder(where: { keepsAttention || !$0.hasSuffix(".attn") })
    let image = Variable(given.pixels, requiresGradient: gradients)
    let last = network(image, recorder: recorder)
    var maps = FeatureMaps(recorder, last: last.value, depth: directory.configuration.depth)
    if gradients {
      guard let cotangent = given.cotangent else {
        throw CheckpointError(input, "has no cotangent, which gradients need")
      }
      let loss = last.dot(cotangent)
      loss.backward()
      maps.add("loss", loss.value.reshaped(to: [1]))
      let found = directory.gradients(of: network)
      for name in found.names { maps.add("grad." + name, found[name]) }
      maps.add("grad_input.pixel_values", image.gradient?.channelsFirst)
    }
    try SafeTensors.write(
      maps.names.compactMap { name in maps[name].map { (name, .float($0)) } }, to: out)
    print("\(maps.names.count) tensors written to \(out)")
  }
}
