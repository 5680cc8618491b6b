internal import Dispatch
internal import Synchronization

/// Maps on all cores, in the order of the inputs; start-up is the only place that needs it.
func parallelMap<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], _ transform: @Sendable (Input) -> Output
) -> [Output] {
  let outputs = Mutex<[Int: Output]>([:])
  DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
    let output = transform(inputs[index])
    outputs.withLock { $0[index] = output }
  }
  return outputs.withLock { known in inputs.indices.compactMap { known[$0] } }
}
