// swift-tools-version: 6.2
import PackageDescription

let rules: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A package of its own, so that ordinary builds never compile it, in two programs, so that who compares the engine with other
/// libraries compiles no course.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "vitdet", path: "..")],
  targets: [
    .target(name: "Timing", swiftSettings: rules),
    .executableTarget(
      name: "bench",
      dependencies: ["Timing", .product(name: "ViTDetMini", package: "vitdet")],
      swiftSettings: rules),
    .executableTarget(
      name: "screens",
      dependencies: [
        "Timing", .product(name: "Lessons", package: "vitdet"),
        .product(name: "TUI", package: "vitdet"),
      ],
      swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)
