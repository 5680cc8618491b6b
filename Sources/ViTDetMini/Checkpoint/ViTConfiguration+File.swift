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
