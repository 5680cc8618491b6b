import Foundation
import Testing

@testable import ViTDetMini

/// What a detector's training takes from a plain transformer.
@Suite struct TrainingStartTests {
  private var recipe: TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.model = .small
    recipe.model.classes = ShapeClass.allCases.count
    recipe.scenes = ShapesDataset(count: 8, seed: 3, size: 64)
    recipe.batch = 1
    return recipe
  }

  /// The directory of a plain transformer for the recipe's backbone, changed at will.
  private func directory(
    _ change: (inout ViTConfiguration) -> Void = { _ in }
  ) throws -> (path: String, parameters: Parameters) {
    var plain = recipe.model.backbone
    plain.windowBlockIndexes = []
    plain.useRelPos = false
    change(&plain)
    let path = temporaryPath()
    let parameters = Parameters(plain.parameterSpecifications(), seed: 9)
    try ModelDirectory.write(.backbone(plain), parameters: parameters, to: path)
    return (path, parameters)
  }

  private func refusal(_ start: String) -> String {
    var recipe = recipe
    recipe.start = start
    do {
      _ = try Training(recipe)
      return ""
    } catch { return "\(error)" }
  }

  @Test func blocksAreInheritedAndTheRestIsNew() throws {
    let (path, plain) = try directory()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let fresh = try Training(recipe)
    #expect(fresh.inheritance == nil)
    for start in [path, path + "/model.safetensors"] {
      var recipe = recipe
      recipe.start = start
      let training = try Training(recipe)
      for name in training.parameters.names {
        let own = name.hasPrefix("backbone.net.") ? String(name.dropFirst(13)) : name
        let isTheSame =
          training.parameters[name] == (plain[own] ?? fresh.parameters[name])
        #expect(isTheSame, "\(name)")
      }
      let rows = try #require(training.inheritance).rows
      #expect(rows.count { $0.use == .used } == plain.names.count)
      #expect(rows.contains { $0.name.hasSuffix("rel_pos_h") && $0.use == .missing })
    }
  }

  @Test func positionRowsOfAnotherGridAreStretched() throws {
    let (path, _) = try directory { $0.pretrainImgSize = 32 }
    defer { try? FileManager.default.removeItem(atPath: path) }
    var recipe = recipe
    recipe.start = path
    let training = try Training(recipe)
    let rows = try #require(training.inheritance).rows
    #expect(rows.contains { $0.shape == [1, 5, 8] && $0.use == .resized(to: [1, 17, 8]) })
    #expect(try training.step().total.isFinite)
  }

  @Test func startsOfOtherModelsAreRefused() throws {
    let (wide, _) = try directory { $0.embedDim = 16 }
    let (deep, _) = try directory { $0.depth = 1 }
    defer { for path in [wide, deep] { try? FileManager.default.removeItem(atPath: path) } }
    #expect(refusal(wide).contains("in the shape [16, 3, 16, 16], but the configuration asks for"))
    #expect(refusal(deep).contains("lacks backbone.net.blocks.1.norm1.weight"))
    #expect(refusal("/nowhere/at/all").contains("/nowhere/at/all: cannot be opened"))
    #expect(refusal(Fixture.path("lessons")).contains("model.safetensors: cannot be opened"))
    #expect(
      refusal(Fixture.path("safetensors/good/plain_f32.safetensors"))
        .contains("is no vision transformer"))
  }

  /// What was learned is not begun again: a resumed training needs no start.
  @Test func aResumedTrainingDoesNotReadItsStart() throws {
    let (path, _) = try directory()
    let out = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: out) }
    var recipe = recipe
    recipe.start = path
    let training = try Training(recipe)
    _ = try training.step()
    try training.save(to: out)
    try FileManager.default.removeItem(atPath: path)
    let resumed = try Training(resuming: recipe, from: out)
    let areSame = resumed.parameters == training.parameters
    #expect(areSame)
  }
}
