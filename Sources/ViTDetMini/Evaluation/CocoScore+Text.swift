extension CocoScore {
  /// The twelve numbers as one JSON object, with all digits.
  public var json: String {
    "{" + summary.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}"
  }

  /// The twelve numbers as lines of name, value and meaning.
  public var table: String {
    zip(summary, Self.meanings).map { number, meaning in
      let value = number.value < 0 ? "    -" : fixed(number.value)
      let name = number.name + String(repeating: " ", count: 6 - number.name.count)
      return "\(name)\(value)  \(meaning)"
    }.joined(separator: "\n")
  }

  /// AP of each category as lines of name and value, `-` where there is no object.
  ///
  /// - Parameter names: The categories' names, by ascending id; a category without a name goes by its id.
  /// - Returns: A line for each category, below a title.
  public func classTable(names: [String]) -> String {
    let rows = categories.enumerated().map { index, id in
      let value = averagePrecision(category: index)
      let isNamed = names.count == categories.count && !names[index].isEmpty
      return (
        name: isNamed ? printable(names[index]) : String(id),
        value: value < 0 ? "    -" : fixed(value)
      )
    }
    let width = rows.map(\.name.count).max() ?? 0
    return
      (["AP by class"]
      + rows.map { row in
        row.name + String(repeating: " ", count: width - row.name.count) + "  " + row.value
      }).joined(separator: "\n")
  }

  private static let meanings = [
    "mean precision over IoU 0.50 to 0.95", "precision at IoU 0.50", "precision at IoU 0.75",
    "precision, objects under 32x32 pixels", "precision, objects from 32x32 to 96x96",
    "precision, objects over 96x96", "recall with 1 detection a picture",
    "recall with 10 detections", "recall with 100 detections", "recall, small objects",
    "recall, medium objects", "recall, large objects",
  ]

  private func fixed(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
