import ArgumentParser

@main
struct VitDet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vitdet", abstract: "ViTDet, step by step, in the terminal.", version: "0.1.0",
    subcommands: [Features.self, ModelCommand.self, Score.self, DataCommand.self])
}
