/// Puts numbers where a chapter has expressions.
///
/// A filled step has the same form as the step in the file, with every `{= expr}` replaced by its text; so
/// whatever draws a step needs to know nothing of expressions.
struct Filling<Facts: Environment> {
  /// What the expressions read.
  let facts: Facts
  /// The language that numbers are written in.
  let language: Language

  /// The step with its numbers.
  func fill(_ step: Step) throws(ExpressionError) -> Step {
    var filled = step
    var blocks: [Block] = []
    for block in step.blocks { blocks.append(try fill(block)) }
    filled.blocks = blocks
    var notes: [Prose] = []
    for note in step.notes { notes.append(try fill(note)) }
    filled.notes = notes
    return filled
  }

  private func fill(_ block: Block) throws(ExpressionError) -> Block {
    switch block {
    case .prose(let prose): return .prose(try fill(prose))
    case .figure(let figure): return .figure(try fill(figure))
    case .item(let item): return .item(try fill(item))
    case .observe(var observation):
      observation.prompt = try fill(observation.prompt)
      observation.explanation = try fill(observation.explanation)
      return .observe(observation)
    case .source(var source):
      source.caption = try fill(source.caption)
      return .source(source)
    }
  }

  private func fill(_ figure: FigureSpec) throws(ExpressionError) -> FigureSpec {
    var figure = figure
    figure.caption = try fill(figure.caption)
    return figure
  }

  /// The item with its numbers; answers that are values are kept, because grading needs them.
  func fill(_ item: Item) throws(ExpressionError) -> Item {
    var item = item
    item.prompt = try fill(item.prompt)
    item.explanation = try fill(item.explanation)
    if let figure = item.figure { item.figure = try fill(figure) }
    if let reveal = item.reveal { item.reveal = try fill(reveal) }
    var hints: [Prose] = []
    for hint in item.hints { hints.append(try fill(hint)) }
    item.hints = hints
    for index in item.options.indices {
      item.options[index].feedback = try fill(item.options[index].feedback)
      if item.kind.rules.showsAnswers {
        item.options[index].answer = try fill(item.options[index].answer)
      }
    }
    for index in item.lines.indices { item.lines[index] = try fill(item.lines[index]) }
    for index in item.wrongOrders.indices {
      item.wrongOrders[index].feedback = try fill(item.wrongOrders[index].feedback)
    }
    return item
  }

  /// Prose with its numbers.
  func fill(_ prose: Prose) throws(ExpressionError) -> Prose {
    var filled: Prose = []
    for block in prose { filled.append(try fill(block)) }
    return filled
  }

  private func fill(_ block: ProseBlock) throws(ExpressionError) -> ProseBlock {
    switch block {
    case .heading(let level, let inlines): return .heading(level: level, try fill(inlines))
    case .paragraph(let inlines): return .paragraph(try fill(inlines))
    case .code: return block
    case .quote(let inner): return .quote(try fill(inner))
    case .list(let isOrdered, let items):
      var filled: [[ProseBlock]] = []
      for item in items { filled.append(try fill(item)) }
      return .list(ordered: isOrdered, items: filled)
    }
  }

  /// A line of prose with its numbers.
  func fill(_ inlines: [Inline]) throws(ExpressionError) -> [Inline] {
    var filled: [Inline] = []
    for inline in inlines {
      guard case .expression(let expression, let emphasis) = inline else {
        filled.append(inline)
        continue
      }
      filled.append(.text(try expression.evaluate(in: facts).text(language), emphasis))
    }
    return filled
  }
}
