// swift-tools-version: 6.2
import PackageDescription

/// The same rules for every Swift target: imports say what a file needs, and nothing leaks through them.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "vitdet",
  products: [
    .library(name: "ViTDetMini", targets: ["ViTDetMini"]),
    // The rooms that the screen benchmarks draw with.
    .library(name: "Lessons", targets: ["Lessons"]),
    .library(name: "TUI", targets: ["TUI"]),
    .executable(name: "vitdet", targets: ["vitdet"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // C targets hold headers, and only what Swift's importer leaves out or what must be C.
    // No pkgConfig: its flags are refused by the package manager, and the headers are on the default path.
    .target(
      name: "CNCurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("openblas")]),
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CImages", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("turbojpeg")]),
    .target(
      name: "CMarkdown",
      linkerSettings: [.linkedLibrary("cmark-gfm"), .linkedLibrary("cmark-gfm-extensions")]),

    .target(
      name: "ViTDetMini", dependencies: ["COpenBLAS", "CKernels", "CImages"],
      swiftSettings: strict),
    .target(name: "TUI", dependencies: ["CNCurses"], swiftSettings: strict),
    .target(
      name: "Lessons",
      dependencies: ["ViTDetMini", "TUI", "CMarkdown", .product(name: "Yams", package: "Yams")],
      // The content, and the detector's own source for the `{source}` windows of an installed copy.
      resources: [.copy("../../lessons"), .copy("../ViTDetMini")],
      swiftSettings: strict),
    .executableTarget(
      name: "vitdet",
      dependencies: [
        "Lessons", "TUI", "ViTDetMini",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(
      name: "ViTDetMiniTests", dependencies: ["CKernels", "ViTDetMini"], swiftSettings: strict),
    .testTarget(name: "TUITests", dependencies: ["TUI"], swiftSettings: strict),
    .testTarget(
      name: "LessonsTests", dependencies: ["Lessons", "TUI", "ViTDetMini"],
      exclude: ["Screens"],
      swiftSettings: strict),
    // A program for the terminal's tests: shows every event, draws random frames, dies on demand.
    .executableTarget(
      name: "TerminalProbe", dependencies: ["TUI"], path: "Tests/TerminalProbe",
      swiftSettings: strict),
    // Drives built programs in a pseudo-terminal, so it depends on the executables.
    .testTarget(
      name: "TerminalTests", dependencies: ["CNCurses", "TUI", "TerminalProbe", "vitdet"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
