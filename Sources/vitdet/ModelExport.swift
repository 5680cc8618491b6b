import ArgumentParser
import ViTDetMini

extension ModelCommand {
  /// `vitdet model export`: a backbone for Hugging Face's transformers.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a model's backbone as Hugging Face's VitDetBackbone reads it.",
      discussion: """
        The input is then pixel_values [N,3,H,W], normalised with the detector's mean and deviation and padded as vitdet \
        pads it. A detector's own directory needs no export: its parameters have detectron2's names and layout.
        """)

    @Argument(help: "The model's directory: config.json and model.safetensors.")
    var model: String

    @Option(help: "The directory to write.")
    var out: String

    func run() throws {
      let directory = try ModelDirectory.read(model)
      guard directory.configuration.isKnownToHuggingFace else {
        throw CheckpointError(
          model,
          "has a backbone that Hugging Face's VitDet has no words for: its residual blocks "
            + "are not bottlenecks, or its position rows have none for a class token")
      }
      guard !Training.exists(in: out) else {
        throw CheckpointError(out, "holds a training, which would be lost; name another directory")
      }
      try ModelDirectory.write(
        .backbone(directory.configuration), parameters: directory.backboneParameters, to: out)
      print("\(directory.backboneParameters.names.count) tensors written to \(out)")
    }
  }
}
