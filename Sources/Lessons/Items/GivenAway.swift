/// Finds an answer in the text that stands before its question.
enum GivenAway {
  /// The right answer, if it is a number that stands in the text.
  ///
  /// Numbers of one digit are let through: they are dimensions and coordinates more often than answers.
  static func number(_ right: String, unit: String?, in lines: [String]) -> String? {
    guard let answer = Answer.number(in: right, unit: unit), abs(answer) >= 10 else { return nil }
    let isShown = lines.contains { line in
      line.split { !($0.isNumber || $0 == "," || $0 == ".") }.contains { word in
        let bare = word.last == "," || word.last == "." ? word.dropLast() : word
        return Answer.number(in: String(bare)) == answer
      }
    }
    return isShown ? right : nil
  }
}
