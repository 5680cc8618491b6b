import Foundation

/// A command that was run to its end, without a terminal.
struct CommandRun {
  let output: String
  let errors: String
  let status: Int32

  /// Runs the built program, with nothing of the environment but what is given.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - environment: Its environment beside a plain one.
  ///   - largestFile: The most kilobytes that a file of it can have, as on a disk that is full then; nil for no limit.
  /// - Throws: What starting it throws.
  init(
    _ arguments: [String], environment: [String: String] = [:], largestFile: Int? = nil
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: BuiltProgram.path("vitdet"))
    process.arguments = arguments
    if let largestFile {
      process.executableURL = URL(filePath: "/bin/sh")
      // The shell counts blocks of 512 bytes.
      let limited = "ulimit -f \(largestFile * 2); exec \"$0\" \"$@\""
      process.arguments = ["-c", limited, BuiltProgram.path("vitdet")] + arguments
    }
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"]
      .merging(environment) { _, new in new }
    // Files instead of pipes: nothing can fill up while the other is read.
    let folder = try TemporaryFolder()
    func file(_ name: String) throws -> (url: URL, handle: FileHandle) {
      let url = URL(filePath: folder.path + "/" + name)
      try Data().write(to: url)
      return (url, try FileHandle(forWritingTo: url))
    }
    let (out, err) = (try file("out"), try file("err"))
    process.standardOutput = out.handle
    process.standardError = err.handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    output = String(decoding: try Data(contentsOf: out.url), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: err.url), as: UTF8.self)
    status = process.terminationStatus
  }
}

/// A folder that disappears with this value's last owner.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "vitdet-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The built program with the chapters of `Tests/Fixtures/lessons` in place of the course, as an installed copy has them.
final class CourseCopy {
  private let folder: TemporaryFolder
  /// The folder, which has room for a learner's progress.
  var path: String { folder.path }
  /// The program.
  let program: String

  init() throws {
    folder = try TemporaryFolder()
    let files = FileManager.default
    let (bin, share) = (folder.path + "/bin", folder.path + "/share/vitdet")
    for folder in [bin, share + "/ViTDetMini"] {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    program = bin + "/vitdet"
    // A second name, since a file that is being written cannot be run: another test may start a program meanwhile and
    // so hold the copy open.
    do {
      try files.linkItem(atPath: BuiltProgram.path("vitdet"), toPath: program)
    } catch {
      try files.copyItem(atPath: BuiltProgram.path("vitdet"), toPath: program)
    }
    try files.copyItem(atPath: fixture("lessons"), toPath: share + "/lessons")
  }
}

/// Files under Tests/Fixtures.
func fixture(_ path: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures").appending(path: path).path
}

/// A file of the repository.
func repositoryFile(_ path: String) -> String {
  URL(filePath: fixture("")).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: path).path
}
