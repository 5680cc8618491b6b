internal import Glibc
internal import Synchronization
public import ViTDetMini

/// Where figures run the tiny detector: weights, the sample picture, and what was measured before.
///
/// The weights are the trained ones if a directory with them is given, and else random numbers from a fixed
/// seed with sine-cosine position rows, so that every learner sees the same figures. Recordings of the last
/// few models and every small result are kept; a call may take a moment the first time.
public final class Laboratory: Sendable {
  /// The detector that the figures run.
  public let detector: DetectorConfiguration
  /// The picture that the figures are about, with what is to be found in it.
  public let scene: ShapesScene
  /// Whether the weights were trained; if not, shapes and costs are real and patterns mean nothing.
  public let isTrained: Bool
  /// The seed of the random weights and of the sample picture.
  public static let seed: UInt64 = 7

  /// Why the trained weights could not be read, if they are there.
  public let fault: String?
  /// The directory with what was made beforehand, pre-trained weights, logs and results; nil if there is none.
  public let lessons: String?
  /// The backbone's parameters, without a prefix.
  let parameters: Parameters
  /// The whole detector's parameters; random ones are made at the first use.
  private let wholeParameters: Parameters?
  private let kept = Mutex(Kept())
  /// Held by who runs a model to keep what it records.
  private let turn = Mutex(())

  /// What was computed before.
  private struct Kept {
    /// Recordings, the latest used last; each takes several megabytes, so only a few are kept.
    var recordings: [Recording] = []
    /// The same of the whole detector.
    var detectorRecordings: [DetectorRecording] = []
    /// Small results by name.
    var results: [String: any Sendable] = [:]
    static let recordingLimit = 4
  }

  /// The backbone of the detector.
  public var configuration: ViTConfiguration { detector.backbone }
  /// The picture that the figures are about.
  public var picture: Image { scene.image }

  /// Creates a laboratory with random weights.
  ///
  /// - Parameters:
  ///   - fault: Why there are no others, if some were expected.
  ///   - lessons: The directory with what was made beforehand.
  public init(fault: String? = nil, lessons: String? = nil) {
    detector = .tiny
    scene = ShapesScene(seed: Self.seed, size: detector.backbone.imgSize.width)
    parameters = Self.randomParameters(detector.backbone)
    wholeParameters = nil
    isTrained = false
    self.fault = fault
    self.lessons = lessons
  }

  /// Creates the laboratory of a course, with the trained weights that come with it.
  ///
  /// Without them, or if they cannot be read, the weights are random and every figure that they matter for says so.
  ///
  /// - Parameter directory: Where the content is.
  public convenience init(directory: LessonsDirectory) {
    let lessons = directory.lessons
    let path = lessons + "/models/tiny"
    guard access(path + "/config.json", F_OK) == 0 else {
      self.init(lessons: lessons)
      return
    }
    do throws(CheckpointError) {
      let model = try ModelDirectory.read(path)
      guard let detector = model.detector else {
        throw CheckpointError(path, "holds a backbone, and the figures need a whole detector")
      }
      self.init(detector, parameters: model.parameters, lessons: lessons)
    } catch {
      self.init(fault: "\(error)", lessons: lessons)
    }
  }

  /// Creates a laboratory around a trained detector.
  ///
  /// - Parameters:
  ///   - detector: How it is built.
  ///   - parameters: Its weights, all of them.
  ///   - lessons: The directory with what was made beforehand.
  public init(
    _ detector: DetectorConfiguration, parameters: Parameters, lessons: String? = nil
  ) {
    self.detector = detector
    scene = ShapesScene(seed: Self.seed, size: detector.backbone.imgSize.width)
    self.parameters = parameters.scoped("backbone.net.")
    wholeParameters = parameters
    isTrained = true
    fault = nil
    self.lessons = lessons
  }

  /// What figures must say whose patterns come from the weights; nil for trained ones.
  public func caution(_ language: Language) -> String? {
    guard !isTrained else { return nil }
    let words = Localized(
      "random weights, seed \(Self.seed): shapes and costs are real, patterns mean nothing",
      "随机权重，种子 \(Self.seed)：形状和开销是真实的，图案暂无意义")
    // Without its own weights the course goes on, and says what is wrong with them.
    return words[language] + (fault.map { " (\($0))" } ?? "")
  }

  /// What the detector makes of the sample picture; kept for the next call.
  ///
  /// - Parameter model: The detector, possibly with other thresholds; its weights must be those of ``detector``.
  /// - Returns: Its intermediate values and what it found.
  /// - Throws: What building the model or preparing the picture throws.
  public func detectorRecording(_ model: DetectorConfiguration) throws -> DetectorRecording {
    if let known = knownDetection(model) { return known }
    return try turn.withLock { _ in
      if let known = knownDetection(model) { return known }
      let made = try run(model, on: picture)
      kept.withLock { kept in
        kept.detectorRecordings.append(made)
        if kept.detectorRecordings.count > Kept.recordingLimit {
          kept.detectorRecordings.removeFirst()
        }
      }
      return made
    }
  }

  /// A kept recording of the detector, which counts as used.
  private func knownDetection(_ model: DetectorConfiguration) -> DetectorRecording? {
    kept.withLock { kept in
      guard
        let index = kept.detectorRecordings.firstIndex(where: { $0.configuration == model })
      else { return nil }
      let found = kept.detectorRecordings.remove(at: index)
      kept.detectorRecordings.append(found)
      return found
    }
  }

  /// What the detector makes of any picture, not kept.
  ///
  /// - Parameters:
  ///   - model: The detector, possibly with other thresholds.
  ///   - image: The picture, of any size.
  ///   - wanted: Chooses the values to record; the backbone's own are left out unless asked for.
  /// - Returns: Its intermediate values and what it found.
  /// - Throws: What building the model or preparing the picture throws.
  func run(
    _ model: DetectorConfiguration, on image: Image,
    where wanted: @escaping (String) -> Bool = { !$0.hasPrefix("blocks.") }
  ) throws -> DetectorRecording {
    let whole = detectorParameters
    let network = try ViTDet(model, parameters: whole)
    let prepared = try PreparedPicture(image, model.preparation)
    let recorder = Recorder(where: wanted)
    let found = network.detections(in: prepared, recorder: recorder)
    return DetectorRecording(
      configuration: model, picture: prepared, maps: recorder.tensors, detections: found)
  }

  /// The parameters of the whole detector, under detectron2's names.
  var detectorParameters: Parameters {
    wholeParameters
      ?? result("detector parameters") {
        var whole = Parameters(detector.parameterSpecifications(), seed: Self.seed)
        // The backbone is the one that all other figures show.
        for name in parameters.names { whole["backbone.net." + name] = parameters[name] }
        return whole
      }
  }

  /// The forward pass of a model over the sample picture; kept for the next call.
  ///
  /// - Throws: What building the model throws.
  public func recording(_ model: ViTConfiguration) throws -> Recording {
    if let known = known(model) { return known }
    // One run at a time: who waited may find that the other made what it wanted.
    return try turn.withLock { _ in
      if let known = known(model) { return known }
      let made = try run(model, on: picture)
      kept.withLock { kept in
        kept.recordings.append(made)
        if kept.recordings.count > Kept.recordingLimit { kept.recordings.removeFirst() }
      }
      return made
    }
  }

  /// A kept recording, which counts as used.
  private func known(_ model: ViTConfiguration) -> Recording? {
    kept.withLock { kept in
      guard let index = kept.recordings.firstIndex(where: { $0.configuration == model }) else {
        return nil
      }
      let found = kept.recordings.remove(at: index)
      kept.recordings.append(found)
      return found
    }
  }

  /// A forward pass over any picture, not kept.
  func run(_ model: ViTConfiguration, on image: Image) throws -> Recording {
    let vit = try ViT(model, parameters: fitted(to: model))
    // Hidden layers take most of the memory, and no figure shows them.
    let recorder = Recorder { !$0.hasSuffix(".qkv") && !$0.hasSuffix(".mlp") }
    _ = vit(Variable(image.normalised()), recorder: recorder)
    return Recording(configuration: model, maps: recorder.tensors)
  }

  /// A small result, computed at the first call and kept under its name.
  func result<Result: Sendable>(_ name: String, _ make: () throws -> Result) rethrows -> Result {
    if let known: Result = known(name) { return known }
    let made = try make()
    kept.withLock { $0.results[name] = made }
    return made
  }

  /// The small results of one type, by name.
  func known<Result: Sendable>() -> [String: Result] {
    kept.withLock { $0.results.compactMapValues { $0 as? Result } }
  }

  /// Keeps a small result that was computed elsewhere.
  func keep(_ result: some Sendable, as name: String) {
    kept.withLock { $0.results[name] = result }
  }

  /// A small result that was computed before; nil if it was not.
  func known<Result: Sendable>(_ name: String) -> Result? {
    kept.withLock { $0.results[name] as? Result }
  }

  /// Runs what is timed, while no other model of the laboratory runs to be recorded.
  func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
    try turn.withLock { _ in try body() }
  }

  /// One of the model's own parameters, in the layout of the engine.
  ///
  /// - Throws: `FigureError` when the model has none of that name.
  func parameter(_ name: String) throws(FigureError) -> Tensor {
    if let tensor = parameters[name] { return tensor }
    throw FigureError("the model has no parameter «\(name)»")
  }
}

/// Weights for models that differ from the tiny one in their windows.
extension Laboratory {
  /// How far untrained relative positions are from 0, where detectron2 begins: enough to show in a figure.
  private static let relativePositionDeviation: Float = 0.5

  /// The random weights of untrained figures.
  static func randomParameters(_ configuration: ViTConfiguration) -> Parameters {
    Parameters(
      configuration.parameterSpecifications(
        relativePositionDeviation: relativePositionDeviation), seed: seed)
  }

  /// The weights for a model that differs in its windows or position rows only.
  ///
  /// Relative-position tables are as long as the window asks for, so they are stretched with straight lines, as the
  /// model itself does for another grid.
  func fitted(to model: ViTConfiguration) -> Parameters {
    var fitted = parameters
    for specification in model.parameterSpecifications() {
      guard let tensor = parameters[specification.name], tensor.shape != specification.shape,
        tensor.rank == 2, tensor.shape[1] == specification.shape[1]
      else { continue }
      fitted[specification.name] =
        Variable(tensor)
        .resampled(axis: 0, .linear(from: tensor.shape[0], to: specification.shape[0])).value
    }
    return fitted
  }
}
