import ArgumentParser
import Foundation
import ViTDetMini

/// `vitdet model`: what a model is made of.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Look into a model.", subcommands: [Inspect.self])

  /// `vitdet model inspect`: modules, shapes, parameters and costs.
  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a model's modules, shapes, parameters, multiply-adds and bytes.")

    @Argument(help: "A model's directory, or a safetensors file.")
    var path: String?

    @Option(help: "A published size instead: tiny, base, large or huge.")
    var preset: String?

    @Flag(help: "Print JSON, with the parts of every module.")
    var json = false

    func validate() throws {
      if (path == nil) == (preset == nil) {
        throw ValidationError("Give either a path or --preset.")
      }
      if let preset, !ViTConfiguration.presets.contains(where: { $0.name == preset }) {
        let names = ViTConfiguration.presets.map(\.name).joined(separator: ", ")
        throw ValidationError("There is no preset “\(preset)”; there are \(names).")
      }
    }

    func run() throws {
      let report = try ModelReport(path: path, preset: preset)
      print(json ? try report.json() : report.text)
    }
  }
}
