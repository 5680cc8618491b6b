internal import ViTDetMini

/// One block of the small model, run over a picture of some size: what it counted and how long it took.
struct BlockRun: Codable, Hashable, Sendable {
  /// The side of the picture in pixels.
  let side: Int
  /// The tokens of its map.
  let tokens: Int
  /// What the block counted while it ran.
  let cost: Cost
  /// The shortest of a few runs.
  let seconds: Double
  /// The bytes of the attention weights that were kept.
  let keptBytes: Int

  /// Whether such numbers can have been counted and timed.
  var isPlausible: Bool {
    [side, tokens, cost.pairs, cost.multiplyAdds, cost.bytes, keptBytes].allSatisfy {
      (0...1_000_000_000_000_000).contains($0)
    } && seconds > 0 && seconds.isFinite
  }

  /// The pictures that growth is measured on, from the pre-training size to a detector's.
  static func sides(upTo largest: Int) -> [Int] {
    [128, 192, 256, 384, 512, 768, 1024].filter { $0 <= largest }
  }
}

/// Which of the model's blocks runs.
enum BlockChoice: String, CaseIterable {
  case global, windowed

  /// The first block of the kind.
  func index(in model: ViTConfiguration) -> Int {
    let blocks = self == .global ? model.globalBlockIndexes : Array(model.windowBlockIndexes)
    return blocks.first ?? 0
  }
}

extension Laboratory {
  /// A block is run until so much time is spent, and at least three times: the first run pays for cold memory.
  private static let timingBudget = 0.2

  private func name(_ block: BlockChoice, _ side: Int, keepsWeights: Bool) -> String {
    "run of a \(block.rawValue) block, side \(side), weights kept \(keepsWeights)"
  }

  /// The runs that were made or taken over so far, by name.
  var blockRuns: [String: BlockRun] { known() }

  /// Takes over what another program on this machine has timed, in place of timing it beside that program once more; what
  /// no run can have counted is left out.
  func adopt(_ runs: [String: BlockRun]) {
    for (name, run) in runs where run.isPlausible && name.hasPrefix("run of a") {
      keep(run, as: name)
    }
  }

  /// A run that was made before; nil if it was not.
  func knownBlockRun(_ block: BlockChoice, side: Int) -> BlockRun? {
    known(name(block, side, keepsWeights: false))
  }

  /// Runs a block of the small model over the sample picture, resized to a side; kept for the next call.
  ///
  /// - Parameters:
  ///   - block: Which.
  ///   - side: In pixels.
  ///   - keepsWeights: Whether the attention weights are kept, as a lesson keeps them to show them.
  /// - Returns: What it counted and how long it took.
  /// - Throws: What building the model throws.
  func blockRun(_ block: BlockChoice, side: Int, keepsWeights: Bool = false) throws -> BlockRun {
    try result(name(block, side, keepsWeights: keepsWeights)) {
      let vit = try ViT(configuration, parameters: parameters)
      let tokens = vit.embed(Variable(picture.resized(width: side, height: side).normalised()))
      let index = block.index(in: configuration)
      let weights = "blocks.\(index).attn"
      return alone {
        var (seconds, spent, runs) = (Double.infinity, 0.0, 0)
        var (cost, keptBytes) = (Cost(), 0)
        while runs < 3 || (runs < 200 && spent < Self.timingBudget) {
          let counter = CostCounter()
          let recorder = keepsWeights ? Recorder { $0 == weights } : nil
          let duration = ContinuousClock().measure {
            _ = vit(
              tokens: tokens, blocks: index..<index + 1, recorder: recorder, cost: counter)
          }
          let taken = duration / .seconds(1)
          seconds = min(seconds, taken)
          spent += taken
          runs += 1
          cost = counter.total
          keptBytes = 4 * (recorder?.tensors[weights]?.count ?? 0)
        }
        return BlockRun(
          side: side, tokens: tokens.shape[1] * tokens.shape[2], cost: cost, seconds: seconds,
          keptBytes: keptBytes)
      }
    }
  }

  /// What the formulas say of the same block, without running it.
  func predictedCost(_ block: BlockChoice, side: Int) -> Cost {
    let name = "blocks.\(block.index(in: configuration))"
    let modules = configuration.modules(image: Extent(side: side))
    return modules.first { $0.name == name }?.cost ?? Cost()
  }
}
