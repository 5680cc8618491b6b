extension DetectorConfiguration {
  /// The detector's modules and what one picture costs, without running it.
  ///
  /// The heads' costs are those of the most proposals and detections that the configuration allows; a
  /// picture with fewer costs less.
  ///
  /// - Returns: The backbone's modules, the pyramid's levels, the proposal network and the heads, in order.
  public func modules() -> [ModuleReport] {
    let side = Extent(side: preparation.square)
    let counts = ParameterCounts(parameterSpecifications())
    let backboneModules = backbone.modules(image: side).map { $0.prefixed("backbone.net.") }
    let map = backbone.grid(of: side)
    var extents = levels.map { $0.extent(of: map) }
    let pyramid = zip(levels, extents).map { pyramidReport($0, $1, map, counts) }
    var top: [ModuleReport] = []
    if let topLevel, let last = extents.last {
      let extent = Extent(height: (last.height + 1) / 2, width: (last.width + 1) / 2)
      extents.append(extent)
      top.append(
        ModuleReport(
          "backbone.top_block", "\(topLevel.name), stride \(topLevel.stride), subsampled",
          output: [1, extent.height, extent.width, outChannels], parameters: 0,
          cost: .elementwise(count: extent.area * outChannels)))
    }
    return backboneModules + pyramid + top + [proposalReport(extents, counts)]
      + boxReports(counts) + maskReport(counts)
  }

  private func convolution(
    _ name: String, _ extent: Extent, images: Int = 1, kernel: Int, _ inputs: Int, _ outputs: Int,
    _ counts: ParameterCounts
  ) -> ModuleReport {
    let rows = images * extent.area
    let norm = counts.contains(name + ".norm.weight")
    let cost = Cost.linear(rows: rows, inputs: kernel * kernel * inputs, outputs: outputs)
    return ModuleReport(
      name, "\(kernel)×\(kernel), \(inputs) → \(outputs)",
      output: [images, extent.height, extent.width, outputs], parameters: counts[name],
      cost: norm ? cost + .elementwise(count: rows * outputs) : cost)
  }

  private func pyramidReport(
    _ level: PyramidLevel, _ extent: Extent, _ map: Extent, _ counts: ParameterCounts
  ) -> ModuleReport {
    let name = "backbone.simfp_\(level.number)"
    var parts: [ModuleReport] = []
    var (size, channels) = (map, backbone.embedDim)
    func upsample(_ part: String, norm: String?) {
      let rows = size.area
      size = Extent(height: 2 * size.height, width: 2 * size.width)
      let outputs = [1, size.height, size.width, channels / 2]
      parts.append(
        ModuleReport(
          "\(name).\(part)", "2×2 transposed, \(channels) → \(channels / 2)", output: outputs,
          parameters: counts["\(name).\(part)"],
          cost: .linear(rows: rows, inputs: channels, outputs: 2 * channels)))
      channels /= 2
      guard let norm else { return }
      parts.append(
        ModuleReport(
          "\(name).\(norm)", "norm, GELU", output: outputs, parameters: counts["\(name).\(norm)"],
          cost: .elementwise(count: 2 * size.area * channels)))
    }
    var tail = ["0", "1"]
    switch level.step {
    case .quadruple:
      upsample("0", norm: "1")
      upsample("3", norm: nil)
      tail = ["4", "5"]
    case .double:
      upsample("0", norm: nil)
      tail = ["1", "2"]
    case .keep: break
    case .halve:
      parts.append(
        ModuleReport(
          name + ".0", "2×2 max-pool", output: [1, extent.height, extent.width, channels],
          parameters: 0, cost: .elementwise(count: extent.area * channels)))
      tail = ["1", "2"]
    }
    parts.append(
      convolution("\(name).\(tail[0])", extent, kernel: 1, channels, outChannels, counts))
    if pyramid == .lastMap, level != levels.last {
      let outputs = [1, extent.height, extent.width, outChannels]
      parts.append(
        ModuleReport(
          name + ".top_down", "coarser map enlarged, sum", output: outputs, parameters: 0,
          cost: .elementwise(count: 2 * extent.area * outChannels)))
    }
    parts.append(
      convolution("\(name).\(tail[1])", extent, kernel: 3, outChannels, outChannels, counts))
    return ModuleReport(
      name, "\(level.name), stride \(level.stride)",
      output: [1, extent.height, extent.width, outChannels], parameters: counts[name], parts: parts)
  }

  private func proposalReport(_ extents: [Extent], _ counts: ParameterCounts) -> ModuleReport {
    let name = "proposal_generator.rpn_head"
    let cells = extents.reduce(0) { $0 + $1.area }
    let anchors = proposals.anchors.shapes(level: 0).count
    let all = Extent(height: 1, width: cells)
    let hidden = (0..<proposals.hiddenConvolutions).map { index in
      convolution(
        proposals.hiddenConvolutions == 1 ? "\(name).conv" : "\(name).conv.conv\(index)", all,
        kernel: 3, outChannels, outChannels, counts)
    }
    return ModuleReport(
      name, "\(anchors * cells) anchors on \(extents.count) levels",
      output: [1, cells * anchors, 5],
      parameters: counts[name],
      parts: hidden + [
        convolution("\(name).objectness_logits", all, kernel: 1, outChannels, anchors, counts),
        convolution("\(name).anchor_deltas", all, kernel: 1, outChannels, 4 * anchors, counts),
      ])
  }

  private func boxReports(_ counts: ParameterCounts) -> [ModuleReport] {
    let boxes = proposals.topAfter.test
    return boxHead.stages.indices.map { stage in
      let suffix = boxHead.stages.count == 1 ? "" : ".\(stage)"
      let (head, predictor) = ("roi_heads.box_head\(suffix)", "roi_heads.box_predictor\(suffix)")
      var parts: [ModuleReport] = []
      var channels = outChannels
      for (index, outputs) in boxHead.convolutions.enumerated() {
        parts.append(
          convolution(
            "\(head).conv\(index + 1)", Extent(side: boxHead.bins), images: boxes, kernel: 3,
            channels, outputs, counts))
        channels = outputs
      }
      var width = channels * boxHead.bins * boxHead.bins
      func linear(_ name: String, _ outputs: Int) {
        parts.append(
          ModuleReport(
            name, "\(width) → \(outputs)", output: [boxes, outputs], parameters: counts[name],
            cost: .linear(rows: boxes, inputs: width, outputs: outputs)))
      }
      for (index, outputs) in boxHead.linears.enumerated() {
        linear("\(head).fc\(index + 1)", outputs)
        width = outputs
      }
      linear("\(predictor).cls_score", classes + 1)
      linear("\(predictor).bbox_pred", boxHead.isClassAgnostic ? 4 : 4 * classes)
      return ModuleReport(
        head, "\(boxes) proposals, \(classes) classes", output: [boxes, classes + 1],
        parameters: counts[head] + counts[predictor], parts: parts)
    }
  }

  private func maskReport(_ counts: ParameterCounts) -> [ModuleReport] {
    guard let maskHead else { return [] }
    let name = "roi_heads.mask_head"
    let boxes = boxHead.mostDetections
    var parts: [ModuleReport] = []
    var channels = outChannels
    for (index, outputs) in maskHead.convolutions.enumerated() {
      parts.append(
        convolution(
          "\(name).mask_fcn\(index + 1)", Extent(side: maskHead.bins), images: boxes, kernel: 3,
          channels, outputs, counts))
      channels = outputs
    }
    let side = 2 * maskHead.bins
    parts.append(
      ModuleReport(
        "\(name).deconv", "2×2 transposed, \(channels) → \(maskHead.upsampled)",
        output: [boxes, side, side, maskHead.upsampled], parameters: counts["\(name).deconv"],
        cost: .linear(
          rows: boxes * maskHead.bins * maskHead.bins, inputs: channels,
          outputs: 4 * maskHead.upsampled)))
    parts.append(
      convolution(
        "\(name).predictor", Extent(side: side), images: boxes, kernel: 1, maskHead.upsampled,
        classes, counts))
    return [
      ModuleReport(
        name, "\(boxes) boxes, masks of \(side)×\(side)", output: [boxes, side, side, classes],
        parameters: counts[name], parts: parts)
    ]
  }
}

/// How many numbers each module has, everything inside it included.
struct ParameterCounts {
  private let specifications: [ParameterSpecification]

  init(_ specifications: [ParameterSpecification]) {
    self.specifications = specifications
  }

  subscript(module: String) -> Int {
    specifications.reduce(0) { sum, specification in
      specification.name == module || specification.name.hasPrefix(module + ".")
        ? sum + specification.count : sum
    }
  }

  func contains(_ name: String) -> Bool { specifications.contains { $0.name == name } }
}

extension ModuleReport {
  /// The same module under a longer name.
  func prefixed(_ prefix: String) -> ModuleReport {
    ModuleReport(
      prefix + name, summary, output: output, parameters: parameters,
      cost: parts.isEmpty ? cost : Cost(), parts: parts.map { $0.prefixed(prefix) })
  }
}
