import Foundation

@testable import ViTDetMini

extension TrainingRecipe {
  /// A training of a few seconds: a narrow detector on small scenes.
  static func small(steps: Int) -> TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.model = .small
    recipe.model.classes = ShapeClass.allCases.count
    recipe.model.classNames = ShapeClass.allCases.map(\.name)
    recipe.scenes = ShapesDataset(count: 8, seed: 3, size: 64)
    recipe.heldOut = ShapesDataset(count: 2, seed: 4, size: 64)
    recipe.steps = steps
    recipe.batch = 2
    recipe.warmupSteps = 2
    return recipe
  }
}

extension LabRun {
  /// A run with made-up numbers.
  static func made(
    _ variant: LabVariant, seed: Int, box: Double, mask: Double = 0.1
  ) throws -> LabRun {
    let numbers =
      #""AP": \#(box), "APs": 0.25, "APm": -1, "APl": 0.5"#
    let text = """
      {"pyramid": "\(variant.pyramid.rawValue)", "propagation": "\(variant.propagation.name)",
       "start": "\(variant.start.rawValue)", "seed": \(seed), "bbox": {\(numbers)},
       "segm": {"AP": \(mask)}, "classes": {"disc": 0.5}, "step_milliseconds": 12.5}
      """
    let path = temporaryPath() + ".json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try LabRun(ConfigurationFile(path: path))
  }
}

extension LabResults {
  /// Results with made-up box AP, by row and seed.
  static func made(_ table: LabTable, _ boxes: [String: [Double]], seeds: Int = 3) throws
    -> LabResults
  {
    var runs: [LabRun] = []
    for row in table.rows {
      for (index, box) in (boxes[row.name] ?? []).enumerated() {
        runs.append(try .made(row.variant, seed: index + 1, box: box))
      }
    }
    return LabResults(
      table: table, steps: 10, batch: 4, scenes: 20, seeds: seeds, minutes: 1.5,
      start: table == .starts ? nil : .mae,
      settings: TrainingRecipe.small(steps: 10).settings, runs: runs)
  }
}
