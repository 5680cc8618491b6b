// B batch, H W token grid, C channels, w window side, nW windows per image.

/// The token grid split into windows, and the grid's size with its padding.
public struct Windows<Values> {
  /// `[B·nW, w, w, C]`, by image, then window rows from the top, then from the left.
  public let windows: Values
  /// The grid after padding.
  public let padded: Extent
}

extension Windows: Sendable where Values: Sendable {}

/// Splits the token grid into square windows, padding with zeros at the bottom and right.
///
/// A windowed block attends within each window only, which costs `N · w²` instead of `N²` products.
/// No mask goes with it: padded tokens take part in the attention.
///
/// Source: ViTDet §3, “Backbone adaptation”; detectron2 `window_partition`.
///
/// - Parameters:
///   - tokens: `[B, H, W, C]`.
///   - windowSize: The side of a window, in tokens.
/// - Returns: Windows `[B·nW, w, w, C]`, row by row, and the padded grid.
/// - Precondition: `windowSize` is positive.
public func windowPartition(_ tokens: Tensor, windowSize: Int) -> Windows<Tensor> {
  precondition(tokens.rank == 4, "windowPartition: \(tokens.shape) is not [B, H, W, C]")
  let layout = WindowLayout(of: tokens.shape, windowSize: windowSize)
  // Only padding needs the zeros, but clearing is cheap beside the copy.
  var windows = Tensor(zeros: layout.windowsShape)
  windows.withMutablePointer { windows in
    tokens.withPointer { tokens in
      layout.forEachRun { token, window, length in
        (windows + window).update(from: tokens + token, count: length)
      }
    }
  }
  return Windows(windows: windows, padded: layout.padded)
}

/// Joins windows to the token grid again and cuts the padding off.
///
/// Source: detectron2 `window_unpartition`.
///
/// - Parameters:
///   - windows: `[B·nW, w, w, C]`.
///   - grid: The grid without padding.
/// - Returns: `[B, H, W, C]`.
/// - Precondition: The number of windows belongs to the grid.
public func windowUnpartition(_ windows: Tensor, grid: Extent) -> Tensor {
  precondition(
    windows.rank == 4 && windows.shape[1] == windows.shape[2],
    "windowUnpartition: \(windows.shape) is not [B·nW, w, w, C]")
  let side = windows.shape[1]
  let perImage = grid.padded(toMultipleOf: side).area / (side * side)
  precondition(
    perImage > 0 && windows.shape[0] % perImage == 0,
    "windowUnpartition: \(windows.shape[0]) windows for \(perImage) per image")
  let shape = [windows.shape[0] / perImage, grid.height, grid.width, windows.shape[3]]
  let layout = WindowLayout(of: shape, windowSize: side)
  return Tensor(shape: shape) { tokens in
    windows.withPointer { windows in
      layout.forEachRun { token, window, length in
        (tokens + token).update(from: windows + window, count: length)
      }
    }
  }
}

/// Splits the token grid into square windows, as the function on tensors does.
///
/// - Parameters:
///   - tokens: `[B, H, W, C]`.
///   - windowSize: The side of a window, in tokens.
/// - Returns: Windows `[B·nW, w, w, C]`, row by row, and the padded grid.
/// - Precondition: `windowSize` is positive.
public func windowPartition(_ tokens: Variable, windowSize: Int) -> Windows<Variable> {
  let result = windowPartition(tokens.value, windowSize: windowSize)
  let grid = Extent(height: tokens.shape[1], width: tokens.shape[2])
  // What went into the padding was no token: its gradient is cut off.
  let windows = Variable(result.windows, from: [tokens]) { [windowUnpartition($0, grid: grid)] }
  return Windows(windows: windows, padded: result.padded)
}

/// Joins windows to the token grid again, as the function on tensors does.
///
/// - Parameters:
///   - windows: `[B·nW, w, w, C]`.
///   - grid: The grid without padding.
/// - Returns: `[B, H, W, C]`.
/// - Precondition: The number of windows belongs to the grid.
public func windowUnpartition(_ windows: Variable, grid: Extent) -> Variable {
  let side = windows.shape[1]
  return Variable(windowUnpartition(windows.value, grid: grid), from: [windows]) {
    [windowPartition($0, windowSize: side).windows]
  }
}

/// Where windows lie in the token grid.
struct WindowLayout {
  /// A window's part of the grid, without padding.
  struct Place {
    /// The grid's token that is the window's first, counted over all images.
    let first: Int
    /// How many of its rows and columns lie in the grid.
    let height: Int
    let width: Int
  }

  let images: Int
  let grid: Extent
  let channels: Int
  let windowSize: Int
  let padded: Extent

  init(of shape: [Int], windowSize: Int) {
    images = shape[0]
    grid = Extent(height: shape[1], width: shape[2])
    channels = shape[3]
    self.windowSize = windowSize
    padded = grid.padded(toMultipleOf: windowSize)
  }

  private var perImage: Int { padded.area / (windowSize * windowSize) }
  /// The number of windows of all images.
  var count: Int { images * perImage }
  var windowsShape: [Int] { [count, windowSize, windowSize, channels] }

  /// Where a window lies; they are counted by image, then row by row.
  func place(_ window: Int) -> Place {
    let (image, index) = (window / perImage, window % perImage)
    let columns = padded.width / windowSize
    let (row, column) = (index / columns * windowSize, index % columns * windowSize)
    return Place(
      first: (image * grid.height + row) * grid.width + column,
      height: min(windowSize, grid.height - row), width: min(windowSize, grid.width - column))
  }

  /// Visits every stretch of real tokens that is one piece in both arrangements.
  func forEachRun(_ body: (_ token: Int, _ window: Int, _ length: Int) -> Void) {
    for window in 0..<count {
      let place = place(window)
      for row in 0..<place.height {
        body(
          (place.first + row * grid.width) * channels,
          (window * windowSize + row) * windowSize * channels, place.width * channels)
      }
    }
  }
}
