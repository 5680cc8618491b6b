/// What the environment and the command line say about the screen.
///
/// The rules are apart from the terminal that applies them, so that each can be tested.
enum TerminalChoices {
  /// The colours to aim for.
  ///
  /// In order: the explicit wish, `NO_COLOR` (not empty), `TERM=dumb`, `COLORTERM`, and what the
  /// terminal's entry says.
  static func depth(
    explicit: ColorDepth?, environment: [String: String], entryColors: Int
  ) -> ColorDepth {
    if let explicit { return explicit }
    if environment["NO_COLOR"]?.isEmpty == false { return .mono }
    if environment["TERM"] == "dumb" { return .mono }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return .trueColor }
    return depth(ofColors: entryColors)
  }

  /// The colours that a number of them makes possible.
  static func depth(ofColors count: Int) -> ColorDepth {
    count >= 1 << 24 ? .trueColor : count >= 256 ? .indexed256 : count >= 8 ? .ansi16 : .mono
  }

  /// Terminal entries to try for a depth, the best first; `term` itself is always the last.
  ///
  /// ncurses writes 24-bit colours only with a «direct» entry (Debian: package `ncurses-term`), and
  /// the plain `xterm` entry knows just eight.
  static func entries(term: String, depth: ColorDepth) -> [String] {
    let suffix = "-256color"
    let base = term.hasSuffix(suffix) ? String(term.dropLast(suffix.count)) : term
    switch depth {
    case .trueColor: return [base + "-direct", base + suffix, term]
    case .indexed256: return [base + suffix, term]
    case .ansi16, .mono: return [term]
    }
  }

  /// What to do about the locale, which decides whether ncurses can write more than ASCII.
  enum LocaleRule {
    /// Keep the user's.
    case keep
    /// Take `C.UTF-8` instead.
    case fallBack
  }

  /// The user's locale if it is installed, else mostly `C.UTF-8`.
  ///
  /// `C.UTF-8` also if none is set, or if one that names UTF-8 is
  /// not installed, as when ssh carries `LANG=en_US.UTF-8` to a bare machine. An explicit `C`,
  /// `POSIX` or other character set is respected, and drawn in ASCII.
  static func localeRule(environment: [String: String], isInstalled: Bool) -> LocaleRule {
    let asked = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    guard let asked = asked?.lowercased() else { return .fallBack }
    let namesUTF8 = asked.contains("utf-8") || asked.contains("utf8")
    return isInstalled || !namesUTF8 ? .keep : .fallBack
  }
}
