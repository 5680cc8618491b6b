import Foundation
import Testing

@testable import ViTDetMini

@Suite struct ModelDirectoryTests {
  @Test func wordsOfTheConfigurationAreFound() throws {
    let directory = try ModelDirectory.read(Fixture.path("backbone/global_rect_attn_grads"))
    let configuration = directory.configuration
    #expect(directory.kind == .backbone && directory.unused.isEmpty)
    #expect(configuration.imgSize == Extent(height: 48, width: 80))
    #expect(configuration.embedDim == 64 && configuration.globalBlockIndexes == [0, 1])
    #expect(configuration.useRelPos && configuration.pretrainImgSize == 48)
  }

  @Test func namesBehindAPrefixAreFound() throws {
    let names = try #require(
      ParameterNames(recognizing: ["head.weight", "vitdet.embeddings.projection.weight"]))
    #expect(names.fileName(of: "pos_embed") == "vitdet.embeddings.position_embeddings")
    #expect(names.fileName(of: "patch_embed.proj.bias") == "vitdet.embeddings.projection.bias")
    #expect(
      names.fileName(of: "blocks.10.attn.rel_pos_h")
        == "vitdet.encoder.layer.10.attention.rel_pos_h")
    #expect(
      names.fileName(of: "blocks.1.residual.norm3.weight")
        == "vitdet.encoder.layer.1.residual.norm3.weight")
    let detector = ParameterNames(recognizing: ["backbone.net.patch_embed.proj.weight"])
    #expect(
      detector?.fileName(of: "blocks.0.attn.qkv.bias") == "backbone.net.blocks.0.attn.qkv.bias")
    #expect(ParameterNames(recognizing: ["cls_token", "xpatch_embed.proj.weight"]) == nil)
  }

  @Test func kernelsAreTurnedOnceAndBack() {
    let kernel = numbers([4, 2, 3, 5])
    for layout in [
      CheckpointLayout.convolution, .transposedConvolution, .same,
      .flattened(channels: 15, Extent(height: 1, width: 2)),
    ] {
      var memory = kernel
      if case .flattened = layout { memory = kernel.reshaped(to: [4, 30]) }
      let stored = layout.toCheckpoint(memory)
      #expect(stored.shape == layout.checkpointShape(of: memory.shape))
      #expect(layout.fromCheckpoint(stored) == memory)
    }
    #expect(CheckpointLayout.convolution.toCheckpoint(kernel)[1, 4, 0, 2] == kernel[1, 0, 2, 4])
  }

  @Test(arguments: [
    ("", "is no configuration"), ("[]", "is no configuration"), ("{", "is no configuration"),
    ("{\"a\":1,\"a\":2}", "twice"), ("{\"model_type\":\"bert\"}", "model_type"),
    ("{\"hidden_size\":\"64\"}", "hidden_size"), ("{\"hidden_size\":-1}", "embedding width"),
    ("{\"hidden_size\":1e99}", "hidden_size"), ("{\"hidden_size\":64.5}", "hidden_size"),
    ("{\"hidden_size\":9999999999999}", "embedding width"),
    ("{\"num_hidden_layers\":1000000000}", "depth"), ("{\"image_size\":[1,2,3]}", "image_size"),
    ("{\"image_size\":0}", "height"), ("{\"num_attention_heads\":0}", "heads"),
    ("{\"num_attention_heads\":7}", "heads"), ("{\"patch_size\":0}", "patch"),
    ("{\"window_block_indices\":[0,true]}", "window_block_indices"),
    ("{\"hidden_act\":\"relu\"}", "hidden_act"),
    ("{\"layer_norm_eps\":null}", "asks for [768, 3, 16, 16]"),
    ("{\"mlp_ratio\":1e999}", "mlp_ratio"), ("{\"backbone\":3}", "backbone"),
    ("{\"backbone\":{\"net\":{\"img_size\":64}}}", "backbone.net.patch_size"),
    ("{\"qkv_bias\":1}", "qkv_bias"),
  ])
  func everyBrokenConfigurationIsNamed(text: String, fault: String) throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: nil)
    try Data(text.utf8).write(to: URL(filePath: path + "/config.json"))
    var one = Parameters()
    one["embeddings.projection.weight"] = Tensor(zeros: [1])
    try SafeTensors.write(
      one.names.map { ($0, .float(Tensor(zeros: [1]))) }, to: path + "/model.safetensors")
    let error = try #require(throws: CheckpointError.self) { try ModelDirectory.read(path) }
    #expect(error.description.contains(fault), "\(error)")
    #expect(error.path.hasPrefix(path) && !error.description.contains { $0.isNewline })
  }

  @Test func brokenTensorsAreNamed() throws {
    let source = Fixture.path("backbone/win_divides_attn")
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: nil)
    try FileManager.default.copyItem(
      atPath: source + "/config.json", toPath: path + "/config.json")
    let name = "encoder.layer.2.norm1.weight"
    let faults: [(Tensor?, String)] = [
      (nil, "lacks the tensor \(name)"), (Tensor(zeros: [33]), "shape [33]"),
      (Tensor(shape: [32], repeating: .nan), "not finite"),
    ]
    for (tensor, fault) in faults {
      var parameters = try SafeTensors.read(path: source + "/model.safetensors")
      parameters[name] = tensor
      try SafeTensors.write(
        parameters.names.compactMap { name in parameters[name].map { (name, .float($0)) } },
        to: path + "/model.safetensors")
      let error = try #require(throws: CheckpointError.self) { try ModelDirectory.read(path) }
      #expect(error.description.contains(fault) && error.description.contains(name))
    }
  }
}

@Suite struct JSONReaderTests {
  @Test func readsEveryKindOfValue() throws {
    let text = #" {"a":[1,-2.5e3,true,null],"b":"\u00e9\ud83d\ude00\n","c":{}} "#
    #expect(
      try JSONValue(Array(text.utf8))
        == .object([
          "a": .array([.number("1"), .number("-2.5e3"), .bool(true), .null]), "b": .string("é😀\n"),
          "c": .object([:]),
        ]))
  }

  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "1.", ".5", "-",
    "1e", "+1", "nul", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"a",
    "\"\u{1}\"", "[1]x", "NaN", "{\"a\":1,}",
  ])
  func refusesWhatIsNoJSON(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(Array(text.utf8)) }
  }

  @Test func deepNestingIsRefusedWithoutACrash() {
    #expect(throws: JSONError.self) { try JSONValue([UInt8](repeating: 0x5B, count: 1_000_000)) }
  }
}
