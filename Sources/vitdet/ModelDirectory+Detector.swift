import Glibc
import Lessons
import ViTDetMini

extension ModelDirectory {
  /// Opens the detector of a directory, or the course's own if none is given.
  static func openDetector(_ path: String?) throws -> ViTDet {
    let directory = try read(try path ?? ownDetector())
    guard let configuration = directory.detector else {
      throw CheckpointError(
        directory.path, "holds a backbone, which finds no objects; a whole detector is needed")
    }
    return try ViTDet(configuration, parameters: directory.parameters)
  }

  /// The trained detector that comes with the course.
  private static func ownDetector() throws -> String {
    let path = try LessonsDirectory.locate().lessons + "/models/tiny"
    guard access(path, R_OK) == 0 else {
      throw CheckpointError(path, "is not there; name a detector's directory with --model")
    }
    return path
  }
}

extension DetectorConfiguration {
  /// What the classes are called.
  var names: ClassNames {
    classNames.count == classes ? ClassNames(classNames) : ClassNames(count: classes)
  }
}
