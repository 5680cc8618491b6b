import Foundation
import FoundationXML
import Testing

/// The elements of a page, in document order; a page that is not well-formed is an error with its line.
final class ParsedPage: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  static func parse(_ text: String) throws -> ParsedPage {
    let page = ParsedPage()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = page
    try #require(
      parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    return page
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: elementName, attributes: attributes))
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName: String?
  ) { open.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open { elements[index].text += string }
  }
}
