extension HandoutHTML {
  /// A question, its hints closed, and its answer closed where there is one.
  mutating func write(_ question: Handout.ShownQuestion, into page: inout Markup) throws {
    let id = "item-\(question.id)"
    try page.element("section", ["class": "box", "aria-labelledby": id]) { page in
      let kind = question.isPrediction ? PlainWords.predict : PlainWords.question
      page.element("h3", ["class": "kind", "id": id], text: kind[language])
      page.prose(question.prompt, below: 3)
      if let figure = question.figure { try write(figure, into: &page) }
      writeOptions(question.options, into: &page)
      page.element("p", ["class": "form"], text: question.form)
      for (index, hint) in question.hints.enumerated() {
        page.element("details", ["class": "hint"]) { page in
          page.element("summary", text: "\(HandoutWords.hint[language]) \(index + 1)")
          page.prose(hint, below: 3)
        }
      }
      if let key = question.key { try write(key, into: &page) }
    }
  }

  private func writeOptions(_ options: [ListedLine], into page: inout Markup) {
    var rest = options[...]
    while let first = rest.first {
      // Words without a mark stand between two lists.
      guard !first.mark.isEmpty else {
        page.element("p") { $0.inlines(first.words) }
        rest.removeFirst()
        continue
      }
      let list = rest.prefix { !$0.mark.isEmpty }
      rest = rest.dropFirst(list.count)
      page.element("ul", ["class": "options"]) { page in
        for option in list {
          let isInner = option.mark.count > 2 && option.mark.hasPrefix(" ")
          page.element("li", ["class": isInner ? "inner" : nil]) { page in
            page.element("span", ["class": "mark"], text: String(option.mark.drop { $0 == " " }))
            page.element("span") { $0.inlines(option.words) }
          }
        }
      }
    }
  }

  private mutating func write(_ key: AnswerKey, into page: inout Markup) throws {
    try page.element("details", ["class": "open answer"]) { page in
      page.element("summary", text: HandoutWords.answer[language])
      if let reveal = key.reveal { try write(reveal, into: &page) }
      for section in key.right { write(section, into: &page) }
      guard !key.wrong.isEmpty else { return }
      page.element("h4", text: HandoutWords.foreseen[language])
      for wrong in key.wrong {
        page.element("div", ["class": "wrong"]) { page in
          page.element("p") { $0.inlines(wrong.answer) }
          for section in wrong.against { write(section, into: &page) }
        }
      }
    }
  }

  private func write(_ section: Feedback.Section, into page: inout Markup) {
    let title = section.title[language]
    if !title.isEmpty {
      page.element("p", ["class": "said"]) {
        $0.element("strong", text: title + (language == .en ? ":" : "："))
      }
    }
    page.prose(section.prose, below: 4)
  }
}
