/// The version of the detector and the course, as `vitdet --version` prints it.
public let version = "0.1.0"
