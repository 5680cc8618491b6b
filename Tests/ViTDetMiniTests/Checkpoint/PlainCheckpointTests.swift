import Foundation
import Testing

@testable import ViTDetMini

@Suite struct PlainCheckpointTests {
  /// A plain transformer of the tiny size with timm's names, as pre-training leaves it.
  private func checkpoint(_ change: (inout Parameters) -> Void = { _ in }) throws -> SafeTensors {
    var plain = ViTConfiguration.tiny
    plain.windowBlockIndexes = []
    plain.useRelPos = false
    var parameters = Parameters()
    for specification in plain.parameterSpecifications() {
      parameters[specification.name] = Tensor(zeros: specification.checkpointShape)
    }
    for name in ["cls_token", "norm.weight", "norm.bias"] {
      parameters[name] = Tensor(zeros: [64])
    }
    change(&parameters)
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SafeTensors.write(
      parameters.names.compactMap { name in parameters[name].map { (name, .float($0)) } },
      to: path)
    return try SafeTensors(path: path)
  }

  @Test func blocksAreUsedAndTheRestIsToldApart() throws {
    let found = try #require(PlainCheckpoint(try checkpoint()))
    func names(_ use: PlainCheckpoint.Use) -> [String] {
      found.rows.filter { $0.use == use }.map(\.name)
    }
    #expect(names(.unused) == ["cls_token", "norm.weight", "norm.bias"])
    #expect(names(.used).contains("blocks.7.mlp.fc2.bias") && names(.used).contains("pos_embed"))
    #expect(names(.missing).contains("backbone.net.blocks.0.attn.rel_pos_h"))
    #expect(names(.missing).contains("roi_heads.mask_head.predictor.bias"))
    #expect(!names(.missing).contains { $0.contains("qkv") })
  }

  @Test func anotherPatchAndAnotherGridAreStretched() throws {
    let found = try #require(
      PlainCheckpoint(
        try checkpoint {
          $0["patch_embed.proj.weight"] = Tensor(zeros: [64, 3, 14, 14])
          $0["pos_embed"] = Tensor(zeros: [1, 197, 64])
          $0["blocks.0.norm1.bias"] = Tensor(zeros: [65])
        }))
    let uses = Dictionary(uniqueKeysWithValues: found.rows.map { ($0.name, $0.use) })
    #expect(uses["patch_embed.proj.weight"] == .resized(to: [64, 3, 16, 16]))
    #expect(uses["pos_embed"] == .resized(to: [1, 65, 64]))
    #expect(uses["blocks.0.norm1.bias"] == .unused)
  }

  @Test func otherProportionsAreNotGuessed() throws {
    #expect(PlainCheckpoint(try checkpoint { $0["blocks.7.norm1.weight"] = nil }) == nil)
    #expect(
      PlainCheckpoint(
        try SafeTensors(path: Fixture.path("safetensors/good/plain_f32.safetensors"))) == nil)
  }
}
