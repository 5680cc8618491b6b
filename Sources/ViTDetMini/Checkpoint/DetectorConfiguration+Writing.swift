extension DetectorConfiguration {
  /// The configuration as `config.json` keeps it, with detectron2's arguments as keys.
  var json: JSONValue {
    .object([
      "meta_architecture": .string("GeneralizedRCNN"), "input_format": .string("RGB"),
      "pixel_mean": .numbers(preparation.statistics.mean),
      "pixel_std": .numbers(preparation.statistics.deviation),
      "test_resize": .object([
        "short_edge_length": .int(preparation.shortEdge), "max_size": .int(preparation.longest),
        "interpolation": .string("bilinear"),
      ]),
      "backbone": neckJSON, "proposal_generator": proposals.json(levels: proposalLevels),
      "roi_heads": headsJSON, "class_names": .strings(classNames),
    ])
  }

  private var neckJSON: JSONValue {
    var members: [String: JSONValue] = [
      "type": .string("SimpleFeaturePyramid"), "net": backbone.detectron2JSON,
      "in_feature": .string("last_feat"), "out_channels": .int(outChannels),
      "norm": .string("LN"), "square_pad": .int(preparation.square),
    ]
    if pyramid == .none {
      members["scale_factors"] = .ints([1])
    } else {
      members["scale_factors"] = .numbers([4, 2, 1, 0.5] as [Float])
      members["top_block"] = .string("LastLevelMaxPool")
    }
    // FPN's own argument; detectron2's SimpleFeaturePyramid has no such way and no such key.
    if pyramid == .lastMap { members["fuse_type"] = .string("sum") }
    return .object(members)
  }

  private var headsJSON: JSONValue {
    let isCascade = boxHead.stages.count > 1
    let names = JSONValue.strings(levels.map(\.name))
    var predictor: [String: JSONValue] = [
      "test_score_thresh": .number(boxHead.scoreThreshold),
      "test_nms_thresh": .number(boxHead.suppression),
      "test_topk_per_image": .int(boxHead.mostDetections), "smooth_l1_beta": .int(0),
      "box_reg_loss_type": .string("smooth_l1"),
    ]
    var members: [String: JSONValue] = [
      "type": .string(isCascade ? "CascadeROIHeads" : "StandardROIHeads"),
      "num_classes": .int(classes), "batch_size_per_image": .int(boxHead.sampler.count),
      "positive_fraction": .number(boxHead.sampler.positiveFraction),
      "proposal_append_gt": .bool(boxHead.appendsTruth), "box_in_features": names,
      "mask_in_features": names,
      "box_pooler": pooler(
        bins: boxHead.bins, samplingRatio: boxHead.samplingRatio, size: boxHead.canonicalSize,
        level: boxHead.canonicalLevel),
      "box_head": .object([
        "type": .string("FastRCNNConvFCHead"), "conv_dims": .ints(boxHead.convolutions),
        "fc_dims": .ints(boxHead.linears), "conv_norm": .string("LN"),
      ]),
    ]
    if !isCascade {
      predictor["cls_agnostic_bbox_reg"] = .bool(boxHead.isClassAgnostic)
      predictor["box2box_transform"] = boxHead.stages[0].coder.json
      members["proposal_matcher"] = boxHead.stages[0].matcher.json
    }
    members["box_predictor"] = .object(predictor)
    if let mask = maskHead {
      members["mask_pooler"] = pooler(
        bins: mask.bins, samplingRatio: mask.samplingRatio, size: mask.canonicalSize,
        level: mask.canonicalLevel)
      members["mask_head"] = .object([
        "type": .string("MaskRCNNConvUpsampleHead"),
        "conv_dims": .ints(mask.convolutions + [mask.upsampled]), "conv_norm": .string("LN"),
      ])
    }
    return .object(members)
  }

  private func pooler(bins: Int, samplingRatio: Int, size: Float, level: Int) -> JSONValue {
    .object([
      "pooler_type": .string("ROIAlignV2"), "output_size": .int(bins),
      "sampling_ratio": .int(samplingRatio), "scales": .numbers(poolerScales),
      "canonical_box_size": .number(size), "canonical_level": .int(level),
    ])
  }
}

extension ProposalConfiguration {
  fileprivate func json(levels: [String]) -> JSONValue {
    .object([
      "type": .string("RPN"), "in_features": .strings(levels),
      "head": .object([
        "type": .string("StandardRPNHead"),
        "conv_dims": .ints([Int](repeating: -1, count: hiddenConvolutions)),
      ]),
      "anchor_generator": .object([
        "type": .string("DefaultAnchorGenerator"),
        "sizes": .array(anchors.sizes.map(JSONValue.numbers)),
        "aspect_ratios": .numbers(anchors.ratios), "strides": .ints(anchors.strides),
        "offset": .number(anchors.offset),
      ]),
      "anchor_matcher": matcher.json, "box2box_transform": coder.json,
      "batch_size_per_image": .int(sampler.count),
      "positive_fraction": .number(sampler.positiveFraction),
      "pre_nms_topk": .ints([topBefore.train, topBefore.test]),
      "post_nms_topk": .ints([topAfter.train, topAfter.test]), "nms_thresh": .number(suppression),
      "min_box_size": .number(minimumSide), "smooth_l1_beta": .int(0),
      "box_reg_loss_type": .string("smooth_l1"),
    ])
  }
}

extension Matcher {
  fileprivate var json: JSONValue {
    let isSingle = low == high
    return .object([
      "thresholds": .numbers(isSingle ? [high] : [low, high]),
      "labels": .ints(isSingle ? [0, 1] : [0, -1, 1]),
      "allow_low_quality_matches": .bool(takesLowQuality),
    ])
  }
}

extension BoxCoder {
  fileprivate var json: JSONValue {
    .object([
      "weights": .numbers(weights.numbers), "scale_clamp": .number(Double(BoxCoder.growthLimit)),
    ])
  }
}

extension ViTConfiguration {
  /// The arguments of detectron2's `ViT`.
  var detectron2JSON: JSONValue {
    .object([
      "type": .string("ViT"),
      "img_size": imgSize.height == imgSize.width
        ? .int(imgSize.height) : .ints([imgSize.height, imgSize.width]),
      "patch_size": .int(patchSize), "in_chans": .int(inChans), "embed_dim": .int(embedDim),
      "depth": .int(depth), "num_heads": .int(numHeads), "mlp_ratio": .number(mlpRatio),
      "qkv_bias": .bool(qkvBias), "drop_path_rate": .number(dropPathRate),
      "use_abs_pos": .bool(useAbsPos), "use_rel_pos": .bool(useRelPos),
      "window_size": .int(windowSize), "window_block_indexes": .ints(windowBlockIndexes),
      "residual_block_indexes": .ints(residualBlockIndexes),
      "residual_block": .string(residualBlock.rawValue),
      "pretrain_img_size": .int(pretrainImgSize),
      "pretrain_use_cls_token": .bool(pretrainUseClsToken),
      "norm_layer": .string("LayerNorm"), "norm_layer_eps": .number(normEps),
      "act_layer": .string("GELU"), "out_feature": .string("last_feat"),
    ])
  }
}
