extension [Inline] {
  /// The expressions in a line of prose, in order.
  var expressions: [Expression] {
    compactMap { if case .expression(let expression, _) = $0 { expression } else { nil } }
  }

  /// The words, with expressions as their source.
  var plainText: String {
    map { inline in
      switch inline {
      case .text(let text, _): text
      case .expression(let expression, _): "{= \(expression.source)}"
      case .lineBreak: "\n"
      }
    }.joined()
  }
}

extension Prose {
  /// The expressions in a stretch of prose, in order.
  var expressions: [Expression] { lines.flatMap(\.expressions) }

  /// Every paragraph, heading and list entry as one line of words.
  var lines: [[Inline]] {
    flatMap { block -> [[Inline]] in
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines): [inlines]
      case .list(_, let items): items.flatMap(\.lines)
      case .code: []
      case .quote(let inner): inner.lines
      }
    }
  }
}

extension Item {
  /// The expressions in everything that is said about the item, its options' answers left out.
  var spokenExpressions: [Expression] {
    prompt.expressions + lines.flatMap(\.expressions) + options.flatMap(\.feedback.expressions)
      + wrongOrders.flatMap(\.feedback.expressions) + hints.flatMap(\.expressions)
      + explanation.expressions
  }

  /// The misconceptions that the item names, and where.
  var namedRules: [(name: String, line: Int)] {
    options.compactMap { option in option.misconception.map { ($0, option.line) } }
      + wrongOrders.map { ($0.misconception, $0.line) }
  }
}

extension Step {
  /// The figures of the step, an item's own and revealed ones included.
  var figures: [FigureSpec] {
    blocks.flatMap { block -> [FigureSpec] in
      switch block {
      case .figure(let figure): [figure]
      case .item(let item): [item.figure, item.reveal].compactMap { $0 }
      default: []
      }
    }
  }

  /// The step's question.
  var question: Item? {
    blocks.lazy.compactMap { if case .item(let item) = $0 { item } else { nil } }.first
  }

  /// The expressions in the step's text, its question left out.
  var proseExpressions: [Expression] {
    blocks.flatMap { block -> [Expression] in
      switch block {
      case .prose(let prose): prose.expressions
      case .figure(let figure): figure.caption.expressions
      case .observe(let observation):
        observation.prompt.expressions + observation.explanation.expressions
      case .source(let source): source.caption.expressions
      case .item: []
      }
    } + notes.flatMap(\.expressions)
  }
}

extension FigureSpec {
  /// The settings that the figure starts with, by the knob's name.
  var startSettings: [String: String] {
    var settings: [String: String] = [:]
    for knob in knobs where knob.settings.indices.contains(knob.start) {
      settings[knob.name] = knob.settings[knob.start]
    }
    return settings
  }
}

/// A knob's setting as an expression reads it: a number where it reads as one, else words.
func knobValue(_ setting: String) -> Value { Double(setting).map(Value.number) ?? .text(setting) }
