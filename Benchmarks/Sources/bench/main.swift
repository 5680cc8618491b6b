// Usage: bench [NAME…] runs all benchmarks, or those whose names begin with one of the words; bench worker runs a
// backbone for Benchmarks/peers/compare.py.
import Glibc
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

if wanted.first == "worker" {
  try work(Array(wanted.dropFirst()))
} else {
  microBenchmarks()
  modelBenchmarks()
}
