/// What accompanies the values through the network: who records, who counts, and the dice of training.
final class ForwardPass {
  let recorder: Recorder?
  let cost: CostCounter?
  /// Random numbers for what only training does; without them the network is deterministic.
  var randomNumbers: RandomNumbers?

  /// Whether somebody wants to see or count every step, those that could be spared too.
  var isWatched: Bool { recorder != nil || cost != nil }

  init(
    recorder: Recorder? = nil, cost: CostCounter? = nil, randomNumbers: RandomNumbers? = nil
  ) {
    self.recorder = recorder
    self.cost = cost
    self.randomNumbers = randomNumbers
  }

  /// Records a value, if somebody wants it, and passes it on.
  @discardableResult
  func record(_ value: Variable, as name: String) -> Variable {
    recorder?.record(value.value, as: name)
    return value
  }
}
