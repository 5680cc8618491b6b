// G groups (windows or whole images), S_h × S_w tokens in a group, N = S_h·S_w, nH heads, hd head size, C = nH·hd.

/// The relative-position tables of one attention layer, as long as its token grid asks for.
public struct RelativePositionTables {
  /// `[2·S_h − 1, hd]`: row `r` belongs to the offset `r − (S_h − 1)` from key to query.
  public let height: Variable
  /// `[2·S_w − 1, hd]`, the same across.
  public let width: Variable

  /// Creates a pair of tables.
  public init(height: Variable, width: Variable) {
    self.height = height
    self.width = width
  }
}

/// What attention gives: the values, and how they were mixed if somebody wants to know.
public struct AttentionResult {
  /// `[G, N, C]`, heads side by side.
  public let output: Variable
  /// `[G, nH, N, N]`, query before key; only if asked for or needed for gradients.
  public let probabilities: Tensor?
}

/// Attention within each group: `softmax(q·kᵀ/√hd + relative position)·v`, head by head.
///
/// The term of query `(h, w)` and key `(h', w')` is `⟨q, R_h[h − h' + S_h − 1]⟩ + ⟨q, R_w[w − w' + S_w − 1]⟩`
/// with `q` as it is: only the product with the keys is scaled.
///
/// Source: detectron2 `Attention.forward`, `add_decomposed_rel_pos`.
///
/// - Parameters:
///   - qkv: `[G, N, 3·C]`, each row queries, keys, values, each of them head by head.
///   - heads: The number of heads.
///   - extent: The token grid of a group.
///   - tables: The relative positions, if used.
///   - keepsProbabilities: Whether the probabilities are wanted.
/// - Returns: `[G, N, C]`, and the probabilities if they were kept.
/// - Precondition: The sizes agree.
public func attentionCore(
  _ qkv: Variable, heads: Int, extent: Extent, tables: RelativePositionTables?,
  keepsProbabilities: Bool = false
) -> AttentionResult {
  let layout = AttentionLayout(qkv: qkv.shape, heads: heads, extent: extent)
  if let tables {
    precondition(
      tables.height.shape == [2 * extent.height - 1, layout.headSize]
        && tables.width.shape == [2 * extent.width - 1, layout.headSize],
      "attentionCore: tables \(tables.height.shape), \(tables.width.shape) for \(extent) tokens")
  }
  let inputs = [qkv] + (tables.map { [$0.height, $0.width] } ?? [])
  let needsGradient = inputs.contains { $0.requiresGradient }
  guard keepsProbabilities || needsGradient else {
    let values = attentionTiles(qkv.value, layout: layout, tables: tables)
    return AttentionResult(output: Variable(values), probabilities: nil)
  }
  let (values, probabilities) = attentionForward(qkv.value, layout: layout, tables: tables)
  let output = Variable(values, from: inputs) { gradient in
    attentionBackward(
      gradient, qkv: qkv.value, layout: layout, tables: tables, probabilities: probabilities)
  }
  return AttentionResult(output: output, probabilities: probabilities)
}

/// Where queries, keys and values lie.
struct AttentionLayout {
  let groups: Int
  let extent: Extent
  let heads: Int
  let channels: Int

  var tokens: Int { extent.area }
  var headSize: Int { channels / heads }
  /// The distance between the rows of `qkv`.
  var rowStride: Int { 3 * channels }
  var scale: Float { 1 / Float(headSize).squareRoot() }
  var probabilitiesShape: [Int] { [groups, heads, tokens, tokens] }

  /// The three parts of a row of `qkv`.
  enum Part: Int { case query, key, value }

  init(qkv shape: [Int], heads: Int, extent: Extent) {
    precondition(
      shape.count == 3 && shape[1] == extent.area && heads > 0 && shape[2] % (3 * heads) == 0,
      "attentionCore: qkv \(shape) for \(heads) heads and \(extent) tokens")
    groups = shape[0]
    self.extent = extent
    self.heads = heads
    channels = shape[2] / 3
  }

  /// Where the matrix `[N, hd]` of one part, head and group starts inside `qkv`.
  func offset(_ part: Part, head: Int, group: Int = 0, token: Int = 0) -> Int {
    (group * tokens + token) * rowStride + part.rawValue * channels + head * headSize
  }

  /// Where what one head gives a query stands in `[G, N, C]`.
  func outputOffset(head: Int, group: Int, token: Int = 0) -> Int {
    (group * tokens + token) * channels + head * headSize
  }

  /// Where, among a query's products with each table in reverse, those for the keys 0, 1, 2, … begin.
  func termStarts(token: Int) -> (height: Int, width: Int) {
    (extent.height - 1 - token / extent.width, extent.width - 1 - token % extent.width)
  }

  /// Where the probabilities of one query start.
  func probabilitiesOffset(head: Int, group: Int, token: Int = 0) -> Int {
    ((group * heads + head) * tokens + token) * tokens
  }

  /// Calls `body` with each head; several threads share them.
  func forEachHead(_ body: @Sendable (Int) -> Void) {
    inThreads(heads) { heads in
      for head in heads { body(head) }
    }
  }
}
