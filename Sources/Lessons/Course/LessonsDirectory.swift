import Glibc

/// Where the content and the detector's source are: beside the built program, or in an installed copy.
public struct LessonsDirectory: Sendable, Hashable {
  /// The path of the `lessons` directory.
  public var lessons: String
  /// The path of the detector's Swift source, for the `{source}` windows.
  public var source: String

  /// Finds both: `vitdet_Lessons.resources/` beside the program, or `../share/vitdet/` seen from it.
  ///
  /// - Throws: ``LessonsNotFound`` with the places that were tried.
  public static func locate() throws(LessonsNotFound) -> LessonsDirectory {
    guard let program = realpath("/proc/self/exe", nil) else { throw LessonsNotFound(tried: []) }
    defer { free(program) }
    let path = String(cString: program)
    return try locate(beside: path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
  }

  /// Finds both for a program that stands in a given directory.
  static func locate(beside directory: String) throws(LessonsNotFound) -> LessonsDirectory {
    let roots = [
      "\(directory)/vitdet_Lessons.resources", "\(directory)/../share/vitdet",
    ]
    for root in roots where access("\(root)/lessons/course.yaml", R_OK) == 0 {
      return LessonsDirectory(lessons: "\(root)/lessons", source: "\(root)/ViTDetMini")
    }
    throw LessonsNotFound(tried: roots)
  }
}

/// The content is in none of its places.
public struct LessonsNotFound: Error, Sendable, Hashable, CustomStringConvertible {
  /// The directories that were tried.
  public var tried: [String]

  /// One sentence with what to do.
  public var description: String {
    "no lessons found in \(tried.joined(separator: " or ")); build with swift build, or install again"
  }
}
