import Glibc

/// What repeated runs of something took.
public struct Timing {
  /// Seconds on the clock of each run, sorted.
  public let walls: [Double]
  /// Seconds of all processors of each run, sorted.
  public let processors: [Double]

  /// Runs something a few times to warm up and then for about a second, at least five times.
  public init(seconds: Double = 1, _ body: () throws -> Void) rethrows {
    let clock = ContinuousClock()
    func measure() throws -> (wall: Double, processor: Double) {
      let before = Timing.processorSeconds()
      let wall = try clock.measure(body)
      let (whole, fraction) = wall.components
      return (Double(whole) + Double(fraction) * 1e-18, Timing.processorSeconds() - before)
    }
    let first = try measure()
    if first.wall < 1 { for _ in 0..<2 { _ = try measure() } }
    var runs: [(wall: Double, processor: Double)] = []
    while runs.count < 5 || runs.reduce(0, { $0 + $1.wall }) < seconds {
      runs.append(try measure())
    }
    walls = runs.map(\.wall).sorted()
    processors = runs.map(\.processor).sorted()
  }

  /// The middle run, between what a quarter and three quarters of the runs stayed below.
  public var row: String {
    func milliseconds(_ sorted: [Double], _ part: Double) -> String {
      let value = sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))] * 1000
      let digits = value < 10 ? 1000.0 : 10
      return "\((value * digits).rounded() / digits)"
    }
    return
      "\(milliseconds(walls, 0.5)) ms (\(milliseconds(walls, 0.25))…\(milliseconds(walls, 0.75))), "
      + "processor \(milliseconds(processors, 0.5)) ms, \(walls.count) runs"
  }

  /// The time that all threads of this program have used.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The most memory that this program has had so far, in MiB.
///
/// `getrusage` would count what the process that started this one had.
public func peakMemory() -> Int {
  guard let file = fopen("/proc/self/status", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let words = String(
      decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split(whereSeparator: \.isWhitespace)
    if words.first == "VmHWM:", words.count > 1 { return (Int(words[1]) ?? 0) / 1024 }
  }
  return 0
}
