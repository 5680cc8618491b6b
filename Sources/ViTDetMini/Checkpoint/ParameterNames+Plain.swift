extension ParameterNames {
  /// Where a plain transformer's checkpoint may keep a backbone parameter.
  ///
  /// Query, key and value are one matrix here and three there, in this order. Hugging Face renamed the parts of its
  /// blocks in version 5; files have either names.
  ///
  /// - Parameter name: detectron2's name without a prefix.
  /// - Returns: Alternatives, each the tensors to be joined along their first axis.
  func plainFileNames(of name: String) -> [[String]] {
    guard style == .huggingFaceViT else { return [[fileName(of: name)]] }
    let table = [
      "pos_embed": "embeddings.position_embeddings",
      "patch_embed.proj": "embeddings.patch_embeddings.projection",
    ]
    for (ours, theirs) in table where name == ours || name.hasPrefix(ours + ".") {
      return [[prefix + theirs + name.dropFirst(ours.count)]]
    }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count >= 4, parts[0] == "blocks" else { return [[prefix + name]] }
    let inner = parts[2..<parts.count - 1].joined(separator: ".")
    return ["encoder.layer", "layers"].flatMap { blocks in
      ParameterNames.plainModules(inner).map { modules in
        modules.map { prefix + "\(blocks).\(parts[1]).\($0).\(parts[parts.count - 1])" }
      }
    }
  }

  /// The modules of a Hugging Face block that are one of ours.
  private static func plainModules(_ inner: String) -> [[String]] {
    switch inner {
    case "norm1": [["layernorm_before"]]
    case "norm2": [["layernorm_after"]]
    case "attn.qkv":
      [
        ["query", "key", "value"].map { "attention.attention.\($0)" },
        ["q", "k", "v"].map { "attention.\($0)_proj" },
      ]
    case "attn.proj": [["attention.output.dense"], ["attention.o_proj"]]
    case "mlp.fc1": [["intermediate.dense"], ["mlp.fc1"]]
    case "mlp.fc2": [["output.dense"], ["mlp.fc2"]]
    default: [[inner]]
    }
  }
}
