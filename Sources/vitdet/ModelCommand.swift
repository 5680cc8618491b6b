import ArgumentParser
import ViTDetMini

/// `vitdet model`: what a model is made of.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Look into a model, make one of published weights, or carry one to other libraries.",
    subcommands: [Inspect.self, Import.self, Export.self])

  /// `vitdet model inspect`: modules, shapes, parameters and costs.
  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a model's modules, shapes, parameters, multiply-adds and bytes.",
      discussion: "A detector's heads are counted for as many boxes as its configuration allows.")

    @Argument(help: "A model's directory, or a safetensors file.")
    var path: String?

    @Option(help: "A published size instead: tiny, base, large or huge.")
    var preset: String?

    @Flag(help: "With --preset: the backbone alone.")
    var backbone = false

    @Flag(help: "With --preset: the detector with three box heads.")
    var cascade = false

    @Flag(help: "Print JSON, with the parts of every module.")
    var json = false

    func validate() throws {
      if (path == nil) == (preset == nil) {
        throw ValidationError("Give either a path or --preset.")
      }
      if backbone || cascade, preset == nil || backbone == cascade {
        throw ValidationError("Give --backbone or --cascade, not both, and with --preset.")
      }
      if let preset, configuration(preset) == nil {
        let names = DetectorConfiguration.presets.map(\.name).joined(separator: ", ")
        throw ValidationError("There is no preset “\(preset)”; there are \(names).")
      }
    }

    func run() throws {
      if let path {
        try show(try ModelReport(path: path))
      } else if let preset, let found = configuration(preset) {
        try show(
          ModelReport(preset: preset, found, backboneOnly: backbone, cascade: cascade))
      }
    }

    private func show(_ report: ModelReport) throws {
      print(json ? try report.json() : report.text)
    }

    private func configuration(_ preset: String) -> DetectorConfiguration? {
      DetectorConfiguration.presets.first { $0.name == preset }?.configuration
    }
  }
}
