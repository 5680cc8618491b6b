import Foundation
import Testing

@testable import ViTDetMini

@Suite struct TrainingRecipeTests {
  private func read(_ text: String) throws -> TrainingRecipe {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "recipe-\(UUID().uuidString).json"
    ).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try TrainingRecipe(path: path)
  }

  private func refusal(_ text: String) -> String {
    do {
      _ = try read(text)
      return ""
    } catch { return "\(error)" }
  }

  @Test func whatIsLeftOutHasItsDefault() throws {
    #expect(try read("{}") == TrainingRecipe())
    let recipe = try read(#"{"steps": 7, "scales": [0.5, 2], "drop_path": 0.1}"#)
    #expect(recipe.steps == 7)
    #expect(recipe.augmentation.scales == 0.5...2)
    #expect(recipe.model.backbone.dropPathRate == 0.1)
    let other = try read(
      #"{"task": "mae", "schedule": "cosine", "betas": [0.8, 0.9], "mask_ratio": 0.6}"#)
    #expect(other.task == .mae && other.maskRatio == 0.6)
    #expect(other.schedule.shape == .cosine(steps: other.steps))
    #expect(other.optimizer.betas == (0.8, 0.9))
  }

  @Test(arguments: [
    (#"{"step": 7}"#, "has the key “step”, which recipes do not have"),
    (#"{"task": "paint"}"#, "task must be detect or mae or classify"),
    (#"{"schedule": "stairs"}"#, "schedule must be steps or cosine"),
    (#"{"betas": [0.9, 1]}"#, "betas must be two numbers"),
    (#"{"mask_ratio": 2}"#, "mask_ratio must be from 0.0 to 1.0"),
    (#"{"steps": 0}"#, "steps must be from 1 to 1000000"),
    (#"{"batch": 1e9}"#, "batch must be from 1 to 256"),
    (#"{"learning_rate": "fast"}"#, "learning_rate must be a number"),
    (#"{"scales": [2, 1]}"#, "scales must be two rising numbers"),
    (#"{"scenes_seed": 2}"#, "evaluate_seed must be another one than scenes_seed"),
    ("[]", "is no configuration"),
  ]) func badRecipesAreRefused(text: String, reason: String) {
    #expect(refusal(text).contains(reason))
  }

  @Test func aStartIsLookedForBesideTheRecipe() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let relative = try #require(try read(#"{"start": "../models/mae"}"#).start)
    #expect(relative.hasPrefix(folder) && relative.hasSuffix("/../models/mae"))
    #expect(try read(#"{"start": "/models/mae"}"#).start == "/models/mae")
    #expect(refusal(#"{"start": 1}"#).contains("start must be a string"))
  }

  @Test func theCoursesRecipesAreRead() throws {
    let folder = Fixture.url("../../lessons/recipes").standardized.path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let tasks: [String: TrainingRecipe.Task] = [
      "tiny-classify.json": .classify, "tiny-detect.json": .detect, "tiny-mae.json": .mae,
      "tiny-lab.json": .detect, "tiny-context.json": .context,
    ]
    #expect(Set(names) == Set(tasks.keys))
    for (name, task) in tasks {
      #expect(try TrainingRecipe(path: "\(folder)/\(name)").task == task)
    }
  }
}
