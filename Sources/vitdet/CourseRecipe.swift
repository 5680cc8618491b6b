import ArgumentParser
import Foundation
import Glibc
import Lessons

/// The recipes that come with the course, by name.
enum CourseRecipe {
  /// The file of a recipe: a path as it is, or a name in the course's folder.
  ///
  /// - Throws: `ValidationError` with the names that there are.
  static func path(_ recipe: String) throws -> String {
    if recipe.contains("/") || recipe.hasSuffix(".json") { return recipe }
    let folder = try LessonsDirectory.locate().lessons + "/recipes"
    let path = "\(folder)/\(recipe).json"
    guard access(path, R_OK) == 0 else {
      let known = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let names = known.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
      throw ValidationError(
        "there is no recipe “\(recipe)”; there are \(names.joined(separator: ", "))")
    }
    return path
  }
}
