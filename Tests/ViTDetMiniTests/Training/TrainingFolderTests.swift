import Foundation
import Testing

@testable import ViTDetMini

/// Learning from a COCO folder instead of scenes that are drawn.
@Suite struct TrainingFolderTests {
  private let scenes = ShapesDataset(count: 3, seed: 3, size: 64)
  private let heldOut = ShapesDataset(count: 2, seed: 4, size: 64)

  private var recipe: TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.model = .small
    recipe.model.classes = ShapeClass.allCases.count
    (recipe.scenes, recipe.heldOut) = (scenes, heldOut)
    recipe.steps = 2
    recipe.batch = 2
    recipe.augmentation = LargeScaleJitter(flip: 0.5, scales: 0.7...1.4)
    return recipe
  }

  /// Two folders of scenes, the second after `change`.
  private func withFolders(
    _ change: (inout CocoDataset) -> Void = { _ in }, _ body: (String) throws -> Void
  ) throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try scenes.write(toFolder: path + "/learn")
    try heldOut.write(toFolder: path + "/test")
    var dataset = try CocoDataset.read(path: path + "/learn/annotations.json")
    change(&dataset)
    try dataset.write(to: path + "/learn/annotations.json")
    try body(path)
  }

  private func refusal(_ path: String) -> String {
    do {
      _ = try TrainingFolder(path: path)
      return ""
    } catch { return "\(error)" }
  }

  /// Scenes that went through files are learned from like scenes that are drawn.
  @Test func aFolderOfScenesGivesTheSameWeights() throws {
    try withFolders { path in
      var fromFolder = recipe
      fromFolder.data = try TrainingFolder(path: path + "/learn")
      fromFolder.heldOutData = try TrainingFolder(path: path + "/test")
      let (first, second) = (try Training(recipe), try Training(fromFolder))
      while !first.isFinished {
        let (drawn, read) = (try first.step(), try second.step())
        #expect(drawn.losses.map(\.value) == read.losses.map(\.value))
      }
      let areSame = first.parameters == second.parameters
      #expect(areSame)
      guard case .detection(let drawn, let drawnMasks) = try first.measure(),
        case .detection(let read, let readMasks) = try second.measure()
      else {
        Issue.record("no detection")
        return
      }
      #expect(drawn == read && drawnMasks == readMasks)
    }
  }

  @Test func crowdsAndEmptyPicturesAreLeftOut() throws {
    try withFolders {
      let first = $0.pictures[0].id
      $0.annotations.removeAll { $0.pictureID == first }
      for place in $0.annotations.indices where $0.annotations[place].pictureID == $0.pictures[1].id
      { $0.annotations[place].isCrowd = true }
      $0.annotations[$0.annotations.count - 1].box.width = 0
    } _: { path in
      let folder = try TrainingFolder(path: path + "/learn")
      #expect(folder.count == 1 && folder.folder.dataset.pictures.count == 3)
      let picture = try folder.picture(0)
      #expect(picture.image == scenes.scene(2).image)
      #expect(picture.objects == Array(scenes.scene(2).trainingObjects.dropLast()))
    }
  }

  @Test func foldersWithNothingToLearnAreRefused() throws {
    try withFolders {
      $0.annotations = []
    } _: { path in
      #expect(refusal(path + "/learn").contains("/learn: has no objects to learn from"))
    }
    try withFolders {
      $0.annotations[0].segmentation = nil
    } _: { path in
      #expect(refusal(path + "/learn").contains("annotation 1 has no segmentation"))
    }
    #expect(refusal("/nowhere/at/all").contains("/nowhere/at/all: no such file"))
  }

  /// The weights are those before the step when a picture is not there.
  @Test func aMissingPictureIsTold() throws {
    try withFolders { path in
      var recipe = recipe
      recipe.data = try TrainingFolder(path: path + "/learn")
      recipe.heldOutData = try TrainingFolder(path: path + "/test")
      let training = try Training(recipe)
      let before = training.parameters
      try FileManager.default.removeItem(atPath: path + "/learn/images/000001.png")
      do {
        _ = try training.step()
        Issue.record("a picture is missing")
      } catch { #expect("\(error)".contains("000001.png: no such file")) }
      let areSame = training.parameters == before
      #expect(areSame && training.stepsDone == 0)
    }
  }

  @Test func recipesNameBothFolders() throws {
    try withFolders { path in
      func read(_ text: String) throws -> TrainingRecipe {
        try text.write(toFile: path + "/recipe.json", atomically: true, encoding: .utf8)
        return try TrainingRecipe(path: path + "/recipe.json")
      }
      func fault(_ text: String) -> String {
        do {
          _ = try read(text)
          return ""
        } catch { return "\(error)" }
      }
      let recipe = try read(#"{"data": "learn", "evaluate_data": "test"}"#)
      #expect(recipe.data?.count == 3 && recipe.heldOutCount == 2)
      #expect(recipe.model.classes == 7 && recipe.model.classNames.first == "disc")
      #expect(fault(#"{"data": "learn"}"#).contains("evaluate_data must be given if data is"))
      #expect(
        fault(#"{"data": "none", "evaluate_data": "test"}"#)
          .contains("recipe.json: names data that cannot be learned from: \(path)/none"))
      var other = try CocoDataset.read(path: path + "/test/annotations.json")
      other.categories[0].name = "plate"
      try other.write(to: path + "/test/annotations.json")
      #expect(
        fault(#"{"data": "learn", "evaluate_data": "test"}"#)
          .contains("evaluate_data must be a folder with the categories of data"))
    }
  }
}
