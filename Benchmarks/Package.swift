// swift-tools-version: 6.2
import PackageDescription

/// A package of its own, so that ordinary builds never compile it and it compiles only the engine.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "vitdet", path: "..")],
  targets: [
    .executableTarget(
      name: "bench", dependencies: [.product(name: "ViTDetMini", package: "vitdet")],
      swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
