extension LabResults {
  /// The table with means, spreads, paired differences, the paper's numbers and whether its order was found again, as
  /// Markdown.
  public var markdown: String {
    ([
      "# Table \(table.rawValue) in miniature: \(table.title)", "", words, "",
    ] + rowsTable + [""] + comparisonsTable + ["", legend]).joined(separator: "\n") + "\n"
  }

  private var words: String {
    "\(steps) steps of \(batch) pictures a run"
      + (minutes.map { ", \(tenths($0)) minutes of processor time for the paper's detector" } ?? "")
      + "; AP on \(scenes) held-out scenes; "
      + (isComplete
        ? "\(seeds) seed\(seeds == 1 ? "" : "s")."
        : "not finished: of \(seeds) seeds, those in the column “seeds”.")
      + (start.map { " All begin with “\($0.rawValue)”." } ?? "")
  }

  private var rowsTable: [String] {
    let head = [
      "| variant | seeds | box AP | mask AP | box AP small | medium | large | ms a step "
        + "| paper, ViT-B box / mask | paper, ViT-L |",
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    return head
      + table.rows.map { row in
        let runs = runs(of: row)
        let cost = LabSpread(values: runs.map(\.stepMilliseconds).filter { $0 > 0 })
        let cells =
          [row.name, String(runs.count)]
          + LabRun.Measure.allCases.map { text(spread(of: row, $0)) }
          + [
            cost.values.isEmpty ? "–" : String(Int(cost.mean.rounded())), text(row.paper.base),
            text(row.paper.large),
          ]
        return "| " + cells.joined(separator: " | ") + " |"
      }
  }

  private var comparisonsTable: [String] {
    [
      "| compared, same seed | box AP | mask AP | paper, ViT-B box | the paper's order |",
      "| --- | --- | --- | --- | --- |",
    ]
      + table.comparisons.map { comparison in
        let cells = [
          "\(comparison.row.name) − \(comparison.baseline.name)",
          text(differences(comparison, .box), signed: true),
          text(differences(comparison, .mask), signed: true),
          signed(Double(comparison.paperTenths) / 10), trend(comparison).words,
        ]
        return "| " + cells.joined(separator: " | ") + " |"
      }
  }

  private var legend: String {
    "Mean ± standard deviation over seeds, in points. “Held” means that every seed agrees with the paper on which is "
      + "better. The paper's numbers are AP on COCO with models of 111 and 331 million parameters; ours come from one of "
      + "1.4 million on synthetic scenes, so only the order can be compared."
  }

  private func text(_ pair: PaperScore.Pair) -> String {
    "\(tenths(pair.box)) / \(tenths(pair.mask))"
  }

  private func text(_ spread: LabSpread, signed isSigned: Bool = false) -> String {
    guard !spread.values.isEmpty else { return "–" }
    return (isSigned ? signed(spread.mean) : tenths(spread.mean))
      + (spread.deviation.map { " ± \(tenths($0))" } ?? "")
  }

  private func signed(_ value: Double) -> String {
    (value * 10).rounded() == 0 ? "0.0" : (value > 0 ? "+" : "−") + tenths(abs(value))
  }

  private func tenths(_ value: Double) -> String {
    let whole = Int((value * 10).rounded())
    return "\(whole / 10).\(whole % 10)"
  }
}

extension LabTrend {
  fileprivate var words: String {
    switch self {
    case .held: "held"
    case .reversed: "reversed"
    case .undecided: "undecided: seeds differ"
    case .noOrder: "none to repeat"
    case .tooFewSeeds: "too few seeds"
    }
  }
}
