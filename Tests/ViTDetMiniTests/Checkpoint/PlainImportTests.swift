import Foundation
import Testing

@testable import ViTDetMini

/// Plain transformers of several libraries as a detector's start.
@Suite struct PlainImportTests {
  /// A plain transformer: all blocks global, no relative positions.
  private static let plain = {
    var configuration = ViTConfiguration()
    configuration.imgSize = 64
    configuration.embedDim = 16
    configuration.depth = 2
    configuration.numHeads = 2
    configuration.windowSize = 0
    configuration.useRelPos = false
    configuration.pretrainImgSize = 64
    return configuration
  }()
  private let parameters = Parameters(Self.plain.parameterSpecifications(), seed: 5)

  private func file(
    _ tensors: [(name: String, value: Tensor)]
  ) throws -> SafeTensors {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SafeTensors.write(tensors.map { ($0.name, .float($0.value)) }, to: path)
    return try SafeTensors(path: path)
  }

  /// The plain transformer under timm's names, changed at will.
  private func checkpoint(
    _ change: (inout [(name: String, value: Tensor)]) -> Void = { _ in }
  ) throws -> SafeTensors {
    var tensors: [(name: String, value: Tensor)] = []
    for specification in Self.plain.parameterSpecifications() {
      let name = specification.name
      tensors.append((name, specification.layout.toCheckpoint(value(name))))
    }
    tensors.append(("cls_token", numbers([1, 1, 16], seed: 8)))
    change(&tensors)
    return try file(tensors)
  }

  private func value(_ name: String) -> Tensor { parameters[name] ?? Tensor(zeros: [0]) }

  /// Splits rows and renames, as Hugging Face keeps a plain transformer.
  private func huggingFace(version: Int) throws -> SafeTensors {
    let (blocks, parts) =
      version == 4
      ? (
        "vit.encoder.layer.",
        [
          "norm1": "layernorm_before", "norm2": "layernorm_after",
          "attn.proj": "attention.output.dense", "mlp.fc1": "intermediate.dense",
          "mlp.fc2": "output.dense",
        ]
      )
      : (
        "vit.layers.",
        [
          "norm1": "layernorm_before", "norm2": "layernorm_after", "attn.proj": "attention.o_proj",
          "mlp.fc1": "mlp.fc1", "mlp.fc2": "mlp.fc2",
        ]
      )
    let heads =
      version == 4
      ? ["attention.attention.query", "attention.attention.key", "attention.attention.value"]
      : ["attention.q_proj", "attention.k_proj", "attention.v_proj"]
    var tensors: [(name: String, value: Tensor)] = []
    for specification in Self.plain.parameterSpecifications() {
      let name = specification.name
      let tensor = specification.layout.toCheckpoint(value(name))
      let words = name.split(separator: ".").map(String.init)
      if name == "pos_embed" {
        tensors.append(("vit.embeddings.position_embeddings", tensor))
      } else if words[0] == "patch_embed" {
        tensors.append(("vit.embeddings.patch_embeddings.projection.\(words[2])", tensor))
      } else {
        let inner = words[2..<words.count - 1].joined(separator: ".")
        let (start, end) = ("\(blocks)\(words[1]).", "." + words[words.count - 1])
        if inner == "attn.qkv" {
          for (index, head) in heads.enumerated() {
            let rows = tensor.shape[0] / 3
            tensors.append((start + head + end, tensor.rows(index * rows..<(index + 1) * rows)))
          }
        } else {
          tensors.append((start + (parts[inner] ?? inner) + end, tensor))
        }
      }
    }
    tensors.append(("vit.layernorm.weight", Tensor(zeros: [16])))
    tensors.append(("vit.embeddings.cls_token", Tensor(zeros: [1, 1, 16])))
    tensors.append(("decoder.decoder_pos_embed", Tensor(zeros: [1, 17, 8])))
    return try file(tensors)
  }

  @Test func timmNamesAreTakenAsTheyAre() throws {
    let found = try PlainCheckpoint(try checkpoint(), for: .backbone(Self.plain))
    #expect(try found.parameters(seed: 1) == parameters)
    #expect(found.rows.filter { $0.use == .unused }.map(\.name) == ["cls_token"])
    #expect(!found.rows.contains { $0.use == .missing })
  }

  @Test(arguments: [4, 5]) func queryKeyAndValueAreJoined(version: Int) throws {
    let found = try PlainCheckpoint(
      try huggingFace(version: version), for: .backbone(Self.plain))
    #expect(try found.parameters(seed: 1) == parameters)
    #expect(found.rows.filter { $0.use == .unused }.count == 3)
    #expect(!found.rows.contains { $0.use == .missing })
  }

  @Test func aDetectorBeginsWithTheBackboneAndItsOwnHeads() throws {
    var detector = DetectorConfiguration(Self.plain)
    detector.backbone.useRelPos = true
    detector.backbone.windowSize = 3
    detector.backbone.windowBlockIndexes = [0]
    detector.shrink()
    let found = try PlainCheckpoint(try checkpoint(), for: .detector(detector))
    let made = try found.parameters(seed: 3)
    let fresh = Parameters(detector.parameterSpecifications(), seed: 3)
    #expect(made.names == fresh.names)
    let name = "backbone.net.blocks.1.mlp.fc1.weight"
    #expect(made[name] == parameters["blocks.1.mlp.fc1.weight"])
    let relative = "backbone.net.blocks.0.attn.rel_pos_h"
    #expect(made[relative]?.storage.allSatisfy { $0 == 0 } == true)
    let head = "roi_heads.box_head.fc1.weight"
    #expect(made[head] == fresh[head])
    #expect(found.rows.contains { $0.name == relative && $0.use == .missing })
  }

  /// Stretching the rows at import and leaving it to the network are the same, up to rounding, if the grid is the network's.
  @Test func positionRowsAreStretchedAsTheNetworkDoes() throws {
    let other = Tensor(shape: [1, 10, 16], storage: numbers([1, 10, 16], seed: 4).storage)
    let file = try checkpoint { tensors in
      tensors = tensors.map { $0.name == "pos_embed" ? ($0.name, other) : $0 }
    }
    let found = try PlainCheckpoint(file, for: .backbone(Self.plain))
    let rows = try #require(try found.parameters(seed: 1)["pos_embed"])
    #expect(found.rows.contains { $0.use == .resized(to: [1, 17, 16]) })
    let square = Variable(other.reshaped(to: [10, 16]).rows(1..<10).reshaped(to: [3, 3, 16]))
    let expected = square.resampled(axis: 0, .bicubic(from: 3, to: 4))
      .resampled(axis: 1, .bicubic(from: 3, to: 4)).value
    expectClose(
      rows.reshaped(to: [17, 16]).rows(1..<17), expected.reshaped(to: [16, 16]), tolerance: 1e-6)
    #expect(rows.reshaped(to: [17, 16]).rows(0..<1) == other.reshaped(to: [10, 16]).rows(0..<1))
  }

  @Test func rowsWithoutAClassTokenGetOneOfZeros() throws {
    let other = Tensor(shape: [1, 16, 16], storage: numbers([1, 16, 16], seed: 4).storage)
    let file = try checkpoint { tensors in
      tensors = tensors.map { $0.name == "pos_embed" ? ($0.name, other) : $0 }
    }
    let found = try PlainCheckpoint(file, for: .backbone(Self.plain))
    let rows = try #require(try found.parameters(seed: 1)["pos_embed"]).reshaped(to: [17, 16])
    #expect(rows.rows(0..<1) == Tensor(zeros: [1, 16]))
    expectClose(rows.rows(1..<17), other.reshaped(to: [16, 16]), tolerance: 1e-6)
  }

  @Test func aCoarserPatchIsStretched() throws {
    let file = try checkpoint { tensors in
      tensors = tensors.map {
        $0.name == "patch_embed.proj.weight"
          ? ($0.name, Tensor(shape: [16, 3, 14, 14], repeating: 0.5)) : $0
      }
    }
    let made = try PlainCheckpoint(file, for: .backbone(Self.plain)).parameters(seed: 1)
    let kernel = try #require(made["patch_embed.proj.weight"])
    #expect(kernel.shape == [16, 16, 16, 3])
    #expect(kernel.storage.allSatisfy { abs($0 - 0.5) < 1e-5 })
  }

  @Test func checkpointsOfOtherModelsAreRefused() throws {
    func refusal(_ file: SafeTensors, _ configuration: ViTConfiguration) -> String {
      do {
        _ = try PlainCheckpoint(file, for: .backbone(configuration)).parameters(seed: 1)
        return ""
      } catch { return error.description }
    }
    var deeper = Self.plain
    deeper.depth = 3
    #expect(refusal(try checkpoint(), deeper).contains("lacks blocks.2.norm1.weight"))
    var wider = Self.plain
    wider.embedDim = 32
    #expect(refusal(try checkpoint(), wider).contains("asks for [32, 3, 16, 16]"))
    let broken = try checkpoint { tensors in
      tensors = tensors.map {
        $0.name == "blocks.0.mlp.fc1.bias"
          ? ($0.name, Tensor(shape: [64], repeating: .infinity)) : $0
      }
    }
    #expect(refusal(broken, Self.plain).contains("blocks.0.mlp.fc1.bias that are not finite"))
    let nothing = try file([("weight", Tensor(zeros: [2]))])
    #expect(refusal(nothing, Self.plain).contains("is no vision transformer"))
  }

  @Test func whatIsWrittenIsReadWithTheSameNumbers() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ModelDirectory.write(.backbone(Self.plain), parameters: parameters, to: path)
    let read = try ModelDirectory.read(path)
    #expect(read.configuration == Self.plain)
    #expect(read.parameters == parameters)
    #expect(read.names.style == .huggingFace)
    // detectron2's small residual blocks are unknown to Hugging Face.
    var own = Self.plain
    own.residualBlockIndexes = [1]
    own.residualBlock = .basic
    let other = Parameters(own.parameterSpecifications(), seed: 2)
    try ModelDirectory.write(.backbone(own), parameters: other, to: path)
    #expect(try ModelDirectory.read(path).configuration == own)
    #expect(try ModelDirectory.read(path).parameters == other)
  }

  @Test func aPlainConfigurationMakesABackboneOfItsSize() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = """
      {"model_type": "vit_mae", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
       "intermediate_size": 64, "image_size": 64, "layer_norm_eps": 1e-06, "mask_ratio": 0.75}
      """
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try ModelKind(path: path) == .backbone(Self.plain))
  }
}
