/// Paints a scene from the back to the front and remembers which shape owns which pixel.
struct ScenePainter {
  private(set) var image: Image
  private let size: Int
  private let ground: (red: Double, green: Double, blue: Double)
  private var inks: [(red: Double, green: Double, blue: Double)]
  /// For each pixel the number of the shape that is seen there; -1 is the ground.
  private var owner: [Int]
  private var placed: [Placed] = []

  /// A shape that was painted: the columns and rows that it reaches, its pixels, and how many of them are seen.
  private struct Placed {
    let shape: ShapeClass
    let columns: Range<Int>
    let rows: Range<Int>
    let pixels: Int
    var seen: Int
  }

  private static let palette: [(red: Double, green: Double, blue: Double)] = [
    (216, 56, 50), (244, 140, 36), (240, 212, 72), (66, 176, 84), (44, 178, 184),
    (62, 104, 226), (156, 84, 206), (240, 112, 166), (240, 240, 234), (34, 32, 40),
  ]

  /// Paints the ground: two tones of a muted colour in a pattern, with grain.
  init(size: Int, random: inout SceneRandom) {
    self.size = size
    let level = random.number(80...165)
    let tint = (random.number(-22...22), random.number(-22...22), random.number(-22...22))
    ground = (level + tint.0, level + tint.1, level + tint.2)
    let texture = SceneTexture(&random, period: Double(size) * random.number(0.04...0.14))
    let contrast = random.number(9...20)
    image = Image(width: size, height: size, color: (0, 0, 0))
    owner = [Int](repeating: -1, count: size * size)
    inks = []
    let backdrop = ground
    inks = random.shuffled(Self.palette).filter {
      abs($0.red - backdrop.red) + abs($0.green - backdrop.green) + abs($0.blue - backdrop.blue)
        > 150
    }
    for y in 0..<size {
      for x in 0..<size {
        let light = contrast * texture.value(Double(x), Double(y)) + random.number(-6...6)
        image[x: x, y: y] = Self.color(ground, plus: light)
      }
    }
  }

  /// Paints the sun or the moon into a corner and tells where.
  mutating func drawSign(_ sign: ShapesScene.Sign, random: inout SceneRandom) -> Box {
    let radius = Double(size) * 0.058
    let near = radius * 1.25
    let x = random.pick([near, Double(size) - near])
    let y = random.pick([near, Double(size) - near])
    for (px, py) in pixels(around: x, y, radius) {
      let (u, v) = ((Double(px) + 0.5 - x) / radius, (Double(py) + 0.5 - y) / radius)
      switch sign {
      case .sun:
        let isRay = min(abs(u), abs(v), abs(u - v) / 1.4, abs(u + v) / 1.4) < 0.13
        let distance = u * u + v * v
        if distance < 0.4 || (isRay && distance < 1) { image[x: px, y: py] = (255, 222, 40) }
      case .moon:
        let hollow = (u - 0.5) * (u - 0.5) + (v + 0.2) * (v + 0.2)
        if u * u + v * v < 1 && hollow > 0.62 { image[x: px, y: py] = (214, 228, 255) }
      }
    }
    return Box(Float(x - radius), Float(y - radius), Float(x + radius), Float(y + radius))
  }

  /// Looks for a place where the shape is seen and hides no other too much, and paints it there.
  ///
  /// Gives up after 40 tries, and the scene has one shape less.
  mutating func place(
    _ shape: ShapeClass, diameter: Double, away sign: Box, random: inout SceneRandom
  ) {
    let (radius, side) = (diameter / 2, Double(size))
    for _ in 0..<40 {
      let center = (
        x: random.number(radius * 0.6...side - radius * 0.6),
        y: random.number(radius * 0.6...side - radius * 0.6)
      )
      let stretch = random.number(0.92...1.08)
      let turn = random.turn()
      let gap = Self.gap(from: sign, to: center, radius: radius * 1.2)
      guard gap > (shape.needsContext ? side * ShapesScene.contextDistance : 2) else { continue }

      var covered: [(x: Int, y: Int)] = []
      for (x, y) in pixels(around: center.x, center.y, radius * 1.2) {
        let (dx, dy) = (Double(x) + 0.5 - center.x, Double(y) + 0.5 - center.y)
        let u = (dx * turn.cosine + dy * turn.sine) / (radius * stretch)
        let v = (dy * turn.cosine - dx * turn.sine) * stretch / radius
        if shape.contains(u, v) { covered.append((x, y)) }
      }
      if leavesEnough(covered) {
        paint(shape, covered, radius: radius, random: &random)
        return
      }
    }
  }

  /// The distance between the sign's box and a shape, along the axis where they are further apart.
  private static func gap(from sign: Box, to center: (x: Double, y: Double), radius: Double)
    -> Double
  {
    let beside = max(Double(sign.x0) - center.x, center.x - Double(sign.x1)) - radius
    let below = max(Double(sign.y0) - center.y, center.y - Double(sign.y1)) - radius
    return max(beside, below)
  }

  /// Whether every shape keeps more than half of its pixels, and at least twelve.
  private func leavesEnough(_ covered: [(x: Int, y: Int)]) -> Bool {
    guard covered.count >= 12 else { return false }
    var losses = [Int](repeating: 0, count: placed.count)
    for (x, y) in covered where owner[y * size + x] >= 0 { losses[owner[y * size + x]] += 1 }
    return zip(placed, losses).allSatisfy { shape, loss in
      let left = shape.seen - loss
      return loss == 0 || (left >= 12 && left * 2 > shape.pixels)
    }
  }

  private mutating func paint(
    _ shape: ShapeClass, _ covered: [(x: Int, y: Int)], radius: Double,
    random: inout SceneRandom
  ) {
    // Ink follows ink, so that neighbours differ and colour says nothing about the class.
    let ink = inks[placed.count % inks.count]
    let texture = SceneTexture(&random, period: max(3, radius * random.number(0.3...0.7)))
    let contrast = random.number(0...14)
    for (x, y) in covered {
      let place = y * size + x
      if owner[place] >= 0 { placed[owner[place]].seen -= 1 }
      owner[place] = placed.count
      let light = contrast * texture.value(Double(x), Double(y)) + random.number(-4...4)
      image[x: x, y: y] = Self.color(ink, plus: light)
    }
    func reach(_ places: [Int]) -> Range<Int> { (places.min() ?? 0)..<((places.max() ?? -1) + 1) }
    placed.append(
      Placed(
        shape: shape, columns: reach(covered.map(\.x)), rows: reach(covered.map(\.y)),
        pixels: covered.count, seen: covered.count))
  }

  /// What was placed, with the masks of what is seen.
  var objects: [ShapesScene.Object] {
    placed.enumerated().map { index, object in
      let mask = RunLengthMask(
        width: size, height: size, columns: object.columns, rows: object.rows
      ) { x, y in owner[y * size + x] == index }
      return ShapesScene.Object(shape: object.shape, mask: mask, box: mask.bounds)
    }
  }

  /// The pixels of the picture in the square around a point, row by row.
  private func pixels(around x: Double, _ y: Double, _ radius: Double) -> [(Int, Int)] {
    func span(_ center: Double) -> Range<Int> {
      let first = max(0, Int((center - radius).rounded(.down)))
      return first..<max(first, min(size, Int((center + radius).rounded(.up)) + 1))
    }
    return span(y).flatMap { row in span(x).map { ($0, row) } }
  }

  private static func color(
    _ base: (red: Double, green: Double, blue: Double), plus light: Double
  ) -> (red: UInt8, green: UInt8, blue: UInt8) {
    func byte(_ value: Double) -> UInt8 {
      // The nearest whole number by way of whole halves; `rounded()` is a call on older processors.
      UInt8((Int(2 * min(255, max(0, value + light))) + 1) / 2)
    }
    return (byte(base.red), byte(base.green), byte(base.blue))
  }
}
