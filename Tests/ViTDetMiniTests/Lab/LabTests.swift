import Foundation
import Synchronization
import Testing

@testable import ViTDetMini

@Suite struct LabTests {
  /// What a lab said, whatever thread it said it on.
  private final class Ear: Sendable {
    let notices = Mutex<[String]>([])
    let finished = Mutex<[String]>([])
    let last = Mutex<LabProgress?>(nil)

    func hear(_ event: Lab.Event) {
      switch event {
      case .notice(let text): notices.withLock { $0.append(text) }
      case .finished(let run, _): finished.withLock { $0.append("\(run.variant.key) \(run.seed)") }
      case .progress(let progress): last.withLock { $0 = progress }
      }
    }
  }

  private func plan(_ table: LabTable, steps: Int = 2, seeds: Int = 1) -> LabPlan {
    LabPlan(
      table, seeds: seeds, recipe: .small(steps: steps), starts: LabStarts(), start: .random)
  }

  private func inDirectory(_ body: (String) throws -> Void) throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func tablesShareTheirRuns() throws {
    try inDirectory { path in
      let ear = Ear()
      let first = try Lab(plan(.pyramids), directory: path, jobs: 2).run(report: { ear.hear($0) })
      #expect(first.isComplete && first.runs.count == 3)
      #expect(Set(ear.finished.withLock { $0 }).count == 3)
      let progress = try #require(ear.last.withLock { $0 })
      #expect(progress.runsDone == 3 && progress.stepsDone == 6 && progress.steps == 6)
      let second = try Lab(plan(.propagation), directory: path, jobs: 1).run(report: {
        ear.hear($0)
      })
      // The detector with the simple pyramid and even global blocks was there already.
      #expect(second.isComplete && ear.finished.withLock { $0 }.count == 7)
      let even = try #require(LabTable.propagation.row(named: "even"))
      let simple = try #require(LabTable.pyramids.row(named: "simple"))
      #expect(second.runs(of: even) == first.runs(of: simple))
      // Nothing but results is left.
      let files = try FileManager.default.contentsOfDirectory(atPath: path)
      #expect(files.count == 7 && files.allSatisfy { $0.hasSuffix(".json") })
    }
  }

  @Test func aRunThatIsBrokenOffEndsAsAnUnbrokenOne() throws {
    var whole: LabResults?
    try inDirectory { path in
      whole = try Lab(plan(.pyramids, steps: 4), directory: path, jobs: 1).run()
    }
    try inDirectory { path in
      let questions = Mutex(0)
      let lab = try Lab(plan(.pyramids, steps: 4), directory: path, jobs: 1)
      let broken = try lab.run(isStopWanted: {
        questions.withLock {
          $0 += 1
          return $0 > 3
        }
      })
      #expect(broken.runs.isEmpty && !broken.isComplete)
      let state = try #require(FileManager.default.contentsOfDirectory(atPath: path).first)
      let ear = Ear()
      let kept = try Training(
        resuming: lab.plan.tasks()[0].recipe, from: path + "/" + state
      ).stepsDone
      #expect(kept > 0 && kept < 4)
      let resumed = try lab.run(report: { ear.hear($0) })
      #expect(resumed.runs.map(\.bbox) == whole?.runs.map(\.bbox))
      #expect(resumed.runs.map(\.segm) == whole?.runs.map(\.segm))
      #expect(ear.notices.withLock { $0 }.isEmpty)
    }
  }

  @Test func whatAnotherTableMakesMeanwhileIsNotMadeAgain() throws {
    try inDirectory { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let made = try Lab(plan(.pyramids), directory: path + "/other", jobs: 2).run()
      let isCopied = Mutex(false)
      let here = path + "/here"
      let copy: @Sendable () -> Void = {
        isCopied.withLock { isCopied in
          guard !isCopied else { return }
          isCopied = true
          for name in (try? FileManager.default.contentsOfDirectory(atPath: path + "/other")) ?? []
          {
            try? FileManager.default.copyItem(
              atPath: "\(path)/other/\(name)", toPath: "\(here)/\(name)")
          }
        }
      }
      let found = try Lab(plan(.pyramids), directory: here, jobs: 1).run(isStopWanted: {
        copy()
        return false
      })
      // The time of a step would differ if it had been made again.
      #expect(found == made)
    }
  }

  @Test func filesThatCannotBeReadAreMadeAgain() throws {
    try inDirectory { path in
      let lab = try Lab(plan(.pyramids), directory: path, jobs: 1)
      let key = try lab.plan.tasks()[0].key
      let good = try lab.run()
      let file = "\(path)/\(key).json"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      for torn in [
        String(text.dropLast(40)), "", text.replacing("\"seed\": 1", with: "\"seed\": 2"),
      ] {
        try torn.write(toFile: file, atomically: true, encoding: .utf8)
        let ear = Ear()
        #expect(try lab.run(report: { ear.hear($0) }).runs.map(\.bbox) == good.runs.map(\.bbox))
        #expect(ear.notices.withLock { $0 }.allSatisfy { $0.contains("made again") })
        #expect(ear.notices.withLock { $0 }.count == 1)
      }
      // The state of a run that is no state costs that run's time only.
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.createDirectory(
        atPath: "\(path)/\(key)", withIntermediateDirectories: true)
      try "torn".write(
        toFile: "\(path)/\(key)/training.safetensors", atomically: true, encoding: .utf8)
      let ear = Ear()
      #expect(try lab.run(report: { ear.hear($0) }).runs.map(\.bbox) == good.runs.map(\.bbox))
      #expect(ear.notices.withLock { $0 }.first?.contains("begins again") == true)
    }
  }

  @Test func otherSettingsAreOtherRuns() throws {
    func keys(_ change: (inout LabPlan) -> Void) throws -> Set<String> {
      var plan = plan(.pyramids)
      change(&plan)
      return Set(try plan.tasks().map(\.key))
    }
    let start = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: start) }
    try "weights".write(toFile: start, atomically: true, encoding: .utf8)
    let changes: [(inout LabPlan) -> Void] = [
      { _ in }, { $0.recipe.steps = 3 }, { $0.recipe.learningRate = 0.5 }, { $0.recipe.batch = 1 },
      { $0.recipe.model.outChannels = 8 },
      { $0.recipe.heldOut = ShapesDataset(count: 3, seed: 4, size: 64) },
      {
        $0.start = .mae
        $0.starts.mae = start
      },
    ]
    let all = try changes.map(keys)
    #expect(all.reduce(Set()) { $0.union($1) }.count == all.count * 3)
    #expect(try keys { $0.seeds = 2 }.isSuperset(of: all[0]))
    // Other weights to begin with make other runs.
    let before = try keys(changes[6])
    try "others".write(toFile: start, atomically: true, encoding: .utf8)
    #expect(try keys(changes[6]).isDisjoint(with: before))
  }

  @Test func missingWeightsAreToldBeforeAnythingRuns() throws {
    try inDirectory { path in
      var pretraining = plan(.pyramids)
      pretraining.recipe.task = .mae
      #expect(throws: CheckpointError.self) { _ = try Lab(pretraining, directory: path, jobs: 1) }
      #expect(throws: CheckpointError("table 4", "needs weights to begin with for “classified”")) {
        _ = try Lab(plan(.starts), directory: path, jobs: 1)
      }
      var other = plan(.pyramids)
      (other.start, other.starts.mae) = (.mae, path + "/nowhere")
      #expect(throws: CheckpointError.self) { _ = try Lab(other, directory: path, jobs: 1) }
    }
  }

  @Test func aStartOfAnotherModelEndsTheTable() throws {
    let start = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: start) }
    var plain = DetectorConfiguration.small.backbone.with(.none)
    plain.embedDim = 16
    try ModelDirectory.write(
      .backbone(plain), parameters: Parameters(plain.parameterSpecifications(), seed: 1), to: start)
    try inDirectory { path in
      var other = plan(.pyramids)
      (other.start, other.starts.mae) = (.mae, start)
      let lab = try Lab(other, directory: path, jobs: 2)
      #expect(throws: CheckpointError.self) { _ = try lab.run() }
    }
  }

  @Test func minutesBecomeStepsOnce() throws {
    try inDirectory { path in
      let recipe = TrainingRecipe.small(steps: 1)
      let steps = try LabBudget.minutes(0.5).steps(of: recipe, directory: path)
      #expect(steps > 1)
      #expect(try LabBudget.minutes(0.5).steps(of: recipe, directory: path) == steps)
      #expect(try LabBudget.steps(7).steps(of: recipe, directory: path) == 7)
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 1)
    }
  }

  @Test func theWarmUpFitsTheBudget() {
    var recipe = TrainingRecipe.small(steps: 40)
    recipe.warmupSteps = 100
    let plan = LabPlan(.pyramids, seeds: 1, recipe: recipe, starts: LabStarts())
    #expect(plan.recipe.warmupSteps == 4)
    #expect(plan.recipe.schedule.multiplier(at: 4) == 1)
  }

  /// Work is dealt out in the same shares on one thread and on many.
  @Test func oneThreadGivesTheSameWeights() throws {
    func trained() throws -> Parameters {
      let training = try Training(.small(steps: 2))
      while !training.isFinished { _ = try training.step() }
      return training.parameters
    }
    let many = try trained()
    let one = try withOneThread { try trained() }
    let areSame = many == one
    #expect(areSame)
  }
}
