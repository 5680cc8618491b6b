extension Detection {
  /// The detections as a JSON list of box, score, class, class name and mask.
  public static func json(_ detections: [Detection], names: ClassNames) -> String {
    let entries = detections.map { detection in
      let box = detection.box
      var members = [
        "\"box\": [\(box.x0), \(box.y0), \(box.x1), \(box.y1)]", "\"score\": \(detection.score)",
        "\"class\": \(detection.classIndex)",
        "\"class_name\": \(jsonQuoted(names[detection.classIndex]))",
      ]
      if let mask = detection.mask { members.append("\"mask\": \(mask.json)") }
      return "{" + members.joined(separator: ", ") + "}"
    }
    return entries.isEmpty ? "[]" : "[" + entries.joined(separator: ",\n ") + "]"
  }

  /// The detections as lines of class, score, box and area, with a line of headings.
  ///
  /// - Parameters:
  ///   - detections: Best first.
  ///   - names: The words for the classes.
  ///   - marks: What names each detection in a picture beside the table; nil where there is none.
  /// - Returns: The lines, or a sentence if there are no detections.
  public static func table(
    _ detections: [Detection], names: ClassNames, marks: [Character]? = nil
  ) -> String {
    guard !detections.isEmpty else { return "nothing found" }
    var rows =
      [["class", "score", "left", "top", "right", "bottom", "mask"]]
      + detections.map { detection in
        let box = detection.box
        return [printable(names[detection.classIndex]), decimal(detection.score, digits: 3)]
          + [box.x0, box.y0, box.x1, box.y1].map { decimal($0, digits: 1) }
          + [detection.mask.map { "\($0.area) px" } ?? "-"]
      }
    if let marks {
      for row in rows.indices {
        let mark = row == 0 ? "#" : row <= marks.count ? String(marks[row - 1]) : " "
        rows[row][0] = "\(mark)  \(rows[row][0])"
      }
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func decimal(_ value: Float, digits: Int) -> String {
    let factor = digits == 3 ? 1000 : 10
    let whole = Int((value * Float(factor)).rounded())
    let rest = String(abs(whole) % factor)
    let sign = whole < 0 ? "-" : ""
    return "\(sign)\(abs(whole) / factor)." + String(repeating: "0", count: digits - rest.count)
      + rest
  }
}
