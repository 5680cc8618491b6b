// Usage: bench [NAME…] runs all benchmarks, or those whose names begin with one of the words; bench worker and bench scenes
// serve the scripts in Benchmarks/peers.
import Glibc
import Timing
import ViTDetMini

let wanted = CommandLine.arguments.dropFirst()

func bench(_ name: String, seconds: Double = 1, _ prepare: () throws -> (() throws -> Void)) {
  guard wanted.isEmpty || wanted.contains(where: { name.hasPrefix($0) }) else { return }
  do {
    let timing = try Timing(seconds: seconds, prepare())
    print("\(name): \(timing.row), peak \(peakMemory()) MiB")
  } catch {
    print("\(name): \(error)")
  }
}

/// A reader of a pipe gets what was printed so far.
func flush() { fflush(nil) }

/// Writes a text file.
func write(_ text: String, to path: String) throws {
  guard let file = fopen(path, "w") else { throw DataError("\(path): cannot be written") }
  defer { fclose(file) }
  fputs(text, file)
}

switch wanted.first {
case "worker": try work(Array(wanted.dropFirst()))
case "scenes": try writeScenes(Array(wanted.dropFirst()))
default:
  microBenchmarks()
  modelBenchmarks()
}
