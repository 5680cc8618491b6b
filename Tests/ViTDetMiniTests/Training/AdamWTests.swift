import Foundation
import Testing

@testable import ViTDetMini

@Suite struct AdamWTests {
  /// Five steps of PyTorch's AdamW with detectron2's parameter groups.
  @Test func stepsAgreeWithTheReference() throws {
    let reference = try OptimizerCase("adamw_b_recipe")
    var parameters = reference.initial
    var optimizer = AdamW(betas: reference.betas, epsilon: reference.epsilon)
    for step in 1...5 {
      var gradients = Parameters()
      for name in parameters.names {
        gradients[name] = try reference.gradients.tensor(named: "step\(step).\(name)")
      }
      optimizer.update(
        &parameters, gradients: gradients, rate: reference.baseRate,
        rates: { reference.decay[$0] })
      for name in parameters.names {
        expectClose(
          try #require(parameters[name]),
          try reference.expected.tensor(named: "step\(step).\(name)"), tolerance: 1e-6,
          "step \(step) \(name)")
      }
    }
  }

  @Test func ratesAgreeWithTheReference() throws {
    let reference = try OptimizerCase("adamw_b_recipe")
    #expect(reference.rates.count == 128)
    for (name, expected) in reference.rates {
      let found = reference.decay[name]
      #expect(abs(found.multiplier - expected.multiplier) < 1e-12, "\(name)")
      #expect(found.weightDecay == expected.weightDecay, "\(name)")
    }
  }

  /// The numbers that the paper's recipe gives for ViT-B: the patch embedding learns at 0.0097 of the rate.
  @Test func thePatchEmbeddingOfBaseLearnsSlowly() {
    let decay = LearningRateDecay(rate: 0.7, layers: 12, weightDecay: 0.1)
    #expect(abs(decay["backbone.net.patch_embed.proj.weight"].multiplier - 0.00969) < 1e-5)
    #expect(abs(decay["backbone.net.blocks.0.attn.qkv.weight"].multiplier - 0.01384) < 1e-5)
    #expect(decay["backbone.net.blocks.3.residual.conv1.weight"].multiplier == 1)
    #expect(decay["backbone.simfp_2.0.weight"].multiplier == 1)
  }

  @Test func withoutGradientWeightsOnlyDecay() {
    var parameters = Parameters()
    parameters["a"] = Tensor(shape: [2], storage: [1, -2])
    var optimizer = AdamW()
    optimizer.update(&parameters, gradients: Parameters(), rate: 0.5) { _ in
      ParameterRate(multiplier: 1, weightDecay: 0.5)
    }
    #expect(parameters["a"]?.storage == [0.75, -1.5])
  }
}

/// Initial values, gradients and what PyTorch made of them.
private struct OptimizerCase {
  let initial: Parameters
  let gradients: SafeTensors
  let expected: SafeTensors
  let decay: LearningRateDecay
  let rates: [(String, ParameterRate)]
  let baseRate: Double
  let betas: (first: Double, second: Double)
  let epsilon: Double

  init(_ name: String) throws {
    let folder = Fixture.path("optim/\(name)")
    let file = try SafeTensors(path: folder + "/params.safetensors")
    var initial = Parameters()
    for entry in file.entries { initial[entry.name] = try file.tensor(named: entry.name) }
    self.initial = initial
    gradients = try SafeTensors(path: folder + "/grads.safetensors")
    expected = try SafeTensors(path: folder + "/expected.safetensors")
    let text = try Data(contentsOf: Fixture.url("optim/\(name)/optim.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    baseRate = try #require(json["base_lr"] as? Double)
    let pair = try #require(json["betas"] as? [Double])
    betas = (pair[0], pair[1])
    epsilon = try #require(json["eps"] as? Double)
    let overrides = try #require(json["overrides"] as? [String: [String: Double]])
    decay = LearningRateDecay(
      rate: try #require(json["lr_decay_rate"] as? Double),
      layers: try #require(json["num_layers"] as? Int),
      weightDecay: try #require(json["weight_decay"] as? Double),
      normWeightDecay: try #require(json["weight_decay_norm"] as? Double),
      overrides: overrides.compactMapValues { $0["weight_decay"] })
    let listed = try #require(json["parameters"] as? [String: [String: Double]])
    rates = try listed.map { name, values in
      (
        name,
        ParameterRate(
          multiplier: try #require(values["lr_multiplier"]),
          weightDecay: try #require(values["weight_decay"]))
      )
    }
  }
}
