/// The two linear layers of a block, with GELU between: C → hidden → C.
struct MLP {
  let name: String
  let fc1: Linear
  let fc2: Linear

  init(_ table: ParameterTable, _ name: String) {
    self.name = table.name(name)
    let table = table.scoped(name)
    fc1 = Linear(table, "fc1")
    fc2 = Linear(table, "fc2")
  }

  func callAsFunction(_ x: Variable, shortcut: Variable? = nil, _ pass: ForwardPass) -> Variable {
    let hidden = fc1(x, gelu: true, pass)
    pass.cost?.count(name + ".act", .elementwise(count: hidden.value.count))
    return pass.record(fc2(hidden, shortcut: shortcut, pass), as: name)
  }

  static func specifications(
    _ name: String, channels: Int, hidden: Int
  ) -> [ParameterSpecification] {
    Linear.specifications(name + ".fc1", inputs: channels, outputs: hidden)
      + Linear.specifications(name + ".fc2", inputs: hidden, outputs: channels)
  }
}
