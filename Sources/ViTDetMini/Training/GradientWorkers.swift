internal import Synchronization

/// Computes the gradients of a batch on several threads, each with a copy of the network and pictures of its own.
///
/// Pictures are dealt out in a fixed way and sums are taken in a fixed order, so the same batch gives the same
/// gradients, however many cores there are. Each thread multiplies alone: small matrices gain more from that than from
/// being split.
///
/// A picture's losses are means over its own boxes, as on a machine that has one picture at a time; the batch's are means
/// over pictures.
final class GradientWorkers {
  /// The number of shares that a batch is dealt into.
  static let shares = 4

  /// What a batch gave.
  struct Result: Sendable {
    /// Each loss under its name, as a mean over pictures.
    var losses: [(name: String, value: Float)] = []
    /// The gradient of the total, by parameter.
    var gradients = Parameters()
  }

  /// The network of one share.
  ///
  /// Only the thread that works on the share touches it.
  private final class Worker: @unchecked Sendable {
    let network: any Trainable
    init(_ network: any Trainable) { self.network = network }
  }

  private let recipe: TrainingRecipe
  private let workers: [Worker]
  private let names: [String]

  /// Creates workers for a recipe's network.
  ///
  /// - Throws: `ModelError` if the parameters do not fit.
  init(_ recipe: TrainingRecipe, parameters: Parameters) throws(ModelError) {
    self.recipe = recipe
    var workers: [Worker] = []
    for _ in 0..<GradientWorkers.shares {
      workers.append(Worker(try recipe.network(parameters)))
    }
    self.workers = workers
    names = parameters.names
  }

  /// Computes losses and gradients of a batch.
  ///
  /// - Parameters:
  ///   - parameters: The parameters to differentiate at.
  ///   - step: The number of steps made before, which chooses the pictures.
  /// - Returns: Means over the pictures.
  /// - Throws: `DataError` if a picture cannot be read.
  func gradients(at parameters: Parameters, step: Int) throws(DataError) -> Result {
    let found = Mutex<[Int: Result]>([:])
    let fault = Mutex<DataError?>(nil)
    let (recipe, workers, names) = (recipe, workers, names)
    withSingleThreadedBLAS {
      onAllCores(workers.count) { share in
        let network = workers[share].network
        for name in names {
          let variable = network.variable(named: name)
          variable?.clearGradient()
          if let value = parameters[name] { variable?.value = value }
        }
        var own = Result()
        let indices = Array(stride(from: share, to: recipe.batch, by: workers.count))
        let together = type(of: network).picturesAtOnce
        for start in stride(from: 0, to: indices.count, by: together) {
          var pictures: [TrainingPicture] = []
          do throws(DataError) {
            for index in indices[start..<min(start + together, indices.count)] {
              pictures.append(try recipe.picture(step: step, index: index))
            }
          } catch {
            fault.withLock { $0 = error }
            return
          }
          let losses = network.losses(of: pictures, by: recipe)
          let count = Float(pictures.count)
          losses.total.backward(Tensor(scalar: count))
          own.add(losses.parts.map { ($0.name, $0.value.value.storage[0] * count) })
        }
        for name in names { own.gradients[name] = network.variable(named: name)?.gradient }
        found.withLock { $0[share] = own }
      }
    }
    if let fault = fault.withLock({ $0 }) { throw fault }
    let parts = found.withLock { $0 }
    var sum = Result()
    for share in 0..<workers.count { if let part = parts[share] { sum.add(part) } }
    sum.scale(by: 1 / Float(recipe.batch))
    return sum
  }
}

extension GradientWorkers.Result {
  /// Adds losses of the same names in the same order.
  mutating func add(_ others: [(name: String, value: Float)]) {
    for other in others {
      if let place = losses.firstIndex(where: { $0.name == other.name }) {
        losses[place].value += other.value
      } else {
        losses.append(other)
      }
    }
  }

  /// Adds what another share found.
  mutating func add(_ other: GradientWorkers.Result) {
    add(other.losses)
    for name in other.gradients.names {
      guard let gradient = other.gradients[name] else { continue }
      if gradients[name] == nil {
        gradients[name] = gradient
      } else {
        gradients.change(name) { $0.add(gradient) }
      }
    }
  }

  mutating func scale(by factor: Float) {
    for index in losses.indices { losses[index].value *= factor }
    for name in gradients.names { gradients.change(name) { $0.scale(by: factor) } }
  }
}
