/// How a checkpoint names a backbone's parameters, and how those names translate.
public struct ParameterNames: Sendable, Hashable {
  /// Whose names they are.
  public enum Style: String, Sendable, Hashable {
    /// `blocks.0.attn.qkv.weight`
    case detectron2
    /// `encoder.layer.0.attention.qkv.weight`
    case huggingFace
    /// `encoder.layer.0.attention.attention.query.weight`, a plain transformer's: query, key and value stand apart.
    case huggingFaceViT
  }

  /// Whose names they are.
  public let style: Style
  /// What stands before them, such as `backbone.net.`.
  public let prefix: String

  /// Creates a translation.
  public init(style: Style, prefix: String) {
    self.style = style
    self.prefix = prefix
  }

  /// Recognises the names of a checkpoint by its patch embedding.
  ///
  /// - Parameter names: All names of the checkpoint.
  public init?(recognizing names: [String]) {
    let marks: [(mark: String, style: Style)] = [
      ("embeddings.projection.weight", .huggingFace),
      ("embeddings.patch_embeddings.projection.weight", .huggingFaceViT),
      ("patch_embed.proj.weight", .detectron2),
    ]
    for (mark, style) in marks {
      // The shortest prefix is the model itself; a longer one would be a model inside it.
      let found = names.filter { $0 == mark || $0.hasSuffix("." + mark) }
        .min { $0.utf8.count < $1.utf8.count }
      if let found {
        self.init(style: style, prefix: String(found.dropLast(mark.count)))
        return
      }
    }
    return nil
  }

  /// The checkpoint's name of a backbone parameter.
  ///
  /// - Parameter name: detectron2's name without a prefix.
  /// - Returns: The name in the file.
  public func fileName(of name: String) -> String {
    guard style == .huggingFace else { return prefix + name }
    // Source: the name table of Hugging Face's ViTMatte converter.
    let table = [
      "pos_embed": "embeddings.position_embeddings", "patch_embed.proj": "embeddings.projection",
    ]
    for (ours, theirs) in table where name == ours || name.hasPrefix(ours + ".") {
      return prefix + theirs + name.dropFirst(ours.count)
    }
    let parts = name.split(separator: ".").map { part in
      switch part {
      case "blocks": "encoder.layer"
      case "attn": "attention"
      default: String(part)
      }
    }
    return prefix + parts.joined(separator: ".")
  }
}
