internal import TUI

/// A figure of a page: title, drawing or table, legend, caution, caption, and the same as text.
struct FigureHTML {
  private let shown: Handout.ShownFigure
  private let number: Int
  private let language: Language

  /// The width of the text form; a screen reader does not care, and a phone scrolls.
  private static let columns = 72

  init(_ shown: Handout.ShownFigure, number: Int, language: Language) {
    self.shown = shown
    self.number = number
    self.language = language
  }

  private var figure: Figure { shown.figure }

  func write(into page: inout Markup) throws {
    let drawing = try FigureSVG(figure)
    let id = "figure-\(number)"
    page.element("figure", ["id": id, "aria-labelledby": "\(id)-title"]) { page in
      page.element("p", ["class": "title", "id": "\(id)-title"], text: figure.title)
      if let settings = shown.settings {
        page.element("p", ["class": "settings"], text: "[\(settings)]")
      }
      page.element("p", text: figure.sentence)
      drawing?.write(into: &page)
      writeWords(into: &page)
      writeLegend(into: &page)
      if let caution = figure.caution { page.element("p", ["class": "caution"], text: caution) }
      if !shown.caption.isEmpty { page.element("figcaption") { $0.prose(shown.caption, below: 3) } }
      if drawing != nil { writeText(into: &page) }
    }
  }

  /// What is no drawing.
  private func writeWords(into page: inout Markup) {
    switch figure.body {
    case .table(let table): write(table, into: &page)
    case .flow(let rows):
      let words = [HandoutWords.module, HandoutWords.shape, HandoutWords.remark]
      let lines = rows.map { [$0.name, NumberText.shape($0.shape), $0.remark] }
      write(Table(columns: words.map { $0[language] }, rows: lines), into: &page)
    case .text(let lines):
      for line in lines { page.element("p", text: line) }
    case .grid, .image, .chart: break
    }
  }

  private func write(_ table: Table, into page: inout Markup) {
    let isNumeric = table.columns.indices.map { index in
      table.rows.allSatisfy { index >= $0.count || TableText.isNumber($0[index]) }
    }
    func look(_ index: Int) -> String? {
      isNumeric.indices.contains(index) && isNumeric[index] ? "number" : nil
    }
    page.element(
      "div",
      ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": figure.title]
    ) { page in
      page.element("table") { page in
        page.element("thead") { page in
          page.element("tr") { page in
            for (index, title) in table.columns.enumerated() {
              page.element("th", ["scope": "col", "class": look(index)], text: title)
            }
          }
        }
        page.element("tbody") { page in
          for row in table.rows {
            page.element("tr") { page in
              for (index, cell) in row.enumerated() {
                page.element("td", ["class": look(index)], text: cell)
              }
            }
          }
        }
      }
    }
  }

  private func writeLegend(into page: inout Markup) {
    guard !figure.legend.isEmpty else { return }
    var tints: [String: Int] = [:]
    if case .grid(let grid) = figure.body, case .classes(_, let letters) = grid.cells {
      for (letter, tint) in zip(letters, GridTint.table(letters)) { tints[String(letter)] = tint }
    }
    page.element("ul", ["class": "legend"]) { page in
      for entry in figure.legend {
        page.element("li") { page in
          let tint = tints[entry.mark].map { " tint\($0)" } ?? ""
          page.element("span", ["class": "mark\(tint)"], text: entry.mark)
          page.element("span", text: entry.meaning)
        }
      }
    }
  }

  private func writeText(into page: inout Markup) {
    let lines = FigureText.lines(figure, columns: Self.columns, glyphs: .unicode)
    page.element("details", ["class": "text"]) { page in
      page.element("summary", text: HandoutWords.asText[language])
      page.element("pre", ["tabindex": "0"], text: lines.joined(separator: "\n"))
    }
  }
}
