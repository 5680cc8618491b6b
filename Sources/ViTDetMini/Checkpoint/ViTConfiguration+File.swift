extension ViTConfiguration {
  /// Reads Hugging Face's `VitDetConfig`; keys that are left out have that class's defaults.
  init(huggingFace file: ConfigurationFile) throws(CheckpointError) {
    self.init()
    imgSize = try file.extent("image_size", 224)
    patchSize = try file.int("patch_size", 16)
    inChans = try file.int("num_channels", 3)
    embedDim = try file.int("hidden_size", 768)
    depth = try file.int("num_hidden_layers", 12)
    numHeads = try file.int("num_attention_heads", 12)
    mlpRatio = try file.double("mlp_ratio", 4)
    qkvBias = try file.bool("qkv_bias", true)
    dropPathRate = try file.double("drop_path_rate", 0)
    useAbsPos = try file.bool("use_absolute_position_embeddings", true)
    useRelPos = try file.bool("use_relative_position_embeddings", false)
    windowSize = try file.int("window_size", 0)
    windowBlockIndexes = try file.ints("window_block_indices", [])
    residualBlockIndexes = try file.ints("residual_block_indices", [])
    pretrainImgSize = try file.int("pretrain_image_size", 224)
    normEps = Float(try file.double("layer_norm_eps", 1e-6))
    let activation = try file.string("hidden_act", "gelu")
    guard activation == "gelu" else { throw file.fault("hidden_act", "“gelu”, the exact form") }
    try checked(file)
  }

  /// Reads Hugging Face's `ViTConfig` or `ViTMAEConfig`: the same network, with all blocks global.
  init(plainHuggingFace file: ConfigurationFile) throws(CheckpointError) {
    self.init()
    imgSize = try file.extent("image_size", 224)
    patchSize = try file.int("patch_size", 16)
    inChans = try file.int("num_channels", 3)
    embedDim = try file.int("hidden_size", 768)
    depth = try file.int("num_hidden_layers", 12)
    numHeads = try file.int("num_attention_heads", 12)
    let hidden = try file.int("intermediate_size", 3072)
    guard embedDim > 0, hidden > 0 else { throw file.fault("hidden_size", "positive") }
    mlpRatio = Double(hidden) / Double(embedDim)
    qkvBias = try file.bool("qkv_bias", true)
    useRelPos = false
    windowSize = 0
    guard imgSize.height == imgSize.width else { throw file.fault("image_size", "a square") }
    pretrainImgSize = imgSize.width
    normEps = Float(try file.double("layer_norm_eps", 1e-12))
    guard try file.string("hidden_act", "gelu") == "gelu" else {
      throw file.fault("hidden_act", "“gelu”, the exact form")
    }
    try checked(file)
  }

  /// Reads the arguments of detectron2's `ViT`.
  init(detectron2 file: ConfigurationFile) throws(CheckpointError) {
    self.init()
    imgSize = try file.extent("img_size")
    patchSize = try file.int("patch_size")
    inChans = try file.int("in_chans", 3)
    embedDim = try file.int("embed_dim")
    depth = try file.int("depth")
    numHeads = try file.int("num_heads")
    mlpRatio = try file.double("mlp_ratio", 4)
    qkvBias = try file.bool("qkv_bias", true)
    dropPathRate = try file.double("drop_path_rate", 0)
    useAbsPos = try file.bool("use_abs_pos", true)
    useRelPos = try file.bool("use_rel_pos", false)
    windowSize = try file.int("window_size", 0)
    windowBlockIndexes = try file.ints("window_block_indexes", [])
    residualBlockIndexes = try file.ints("residual_block_indexes", [])
    pretrainImgSize = try file.int("pretrain_img_size", 224)
    pretrainUseClsToken = try file.bool("pretrain_use_cls_token", true)
    normEps = Float(try file.double("norm_layer_eps", 1e-6))
    let kind = try file.string("residual_block", ResidualBlockKind.bottleneck.rawValue)
    guard let residual = ResidualBlockKind(rawValue: kind) else {
      throw file.fault("residual_block", "naive, basic or bottleneck")
    }
    residualBlock = residual
    guard try file.string("act_layer", "GELU") == "GELU" else {
      throw file.fault("act_layer", "“GELU”, the exact form")
    }
    try checked(file)
  }

  private func checked(_ file: ConfigurationFile) throws(CheckpointError) {
    do {
      try validate()
    } catch {
      throw CheckpointError(file.path, "describes no network: \(error)")
    }
  }
}

extension ViTConfiguration {
  /// Whether Hugging Face's VitDet can be this network.
  public var isKnownToHuggingFace: Bool {
    (residualBlockIndexes.isEmpty || residualBlock == .bottleneck) && pretrainUseClsToken
  }

  /// Hugging Face's `VitDetConfig`, with the keys that `save_pretrained` writes; nil if it has no words for this network.
  var huggingFaceJSON: JSONValue? {
    guard isKnownToHuggingFace else { return nil }
    return .object([
      "architectures": .strings(["VitDetBackbone"]), "model_type": .string("vitdet"),
      "image_size": imgSize.height == imgSize.width
        ? .int(imgSize.height) : .ints([imgSize.height, imgSize.width]),
      "patch_size": .int(patchSize), "num_channels": .int(inChans), "hidden_size": .int(embedDim),
      "num_hidden_layers": .int(depth), "num_attention_heads": .int(numHeads),
      "mlp_ratio": .number(mlpRatio), "qkv_bias": .bool(qkvBias),
      "drop_path_rate": .number(dropPathRate), "hidden_act": .string("gelu"),
      "use_absolute_position_embeddings": .bool(useAbsPos),
      "use_relative_position_embeddings": .bool(useRelPos), "window_size": .int(windowSize),
      "window_block_indices": .ints(windowBlockIndexes),
      "residual_block_indices": .ints(residualBlockIndexes),
      "pretrain_image_size": .int(pretrainImgSize), "layer_norm_eps": .number(normEps),
      "out_features": .strings(["stage\(depth)"]), "out_indices": .ints([depth]),
      "stage_names": .strings(["stem"] + (1...depth).map { "stage\($0)" }),
      "dropout_prob": .number(0.0), "initializer_range": .number(0.02), "dtype": .string("float32"),
    ])
  }
}
