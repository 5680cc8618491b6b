/// xterm's 256 colours, and the nearest of them to any colour.
public enum Palette {
  private static let cubeLevels = [0, 95, 135, 175, 215, 255]

  /// The sixteen ANSI colours as xterm shows them; other terminals differ.
  private static let ansi: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  /// The colour at an index.
  public static func color(at index: UInt8) -> RGB {
    let position = Int(index)
    if position < 16 { return ansi[position] }
    if position >= 232 {
      let level = UInt8(8 + 10 * (position - 232))
      return RGB(level, level, level)
    }
    let cube = position - 16
    func level(_ step: Int) -> UInt8 { UInt8(cubeLevels[step]) }
    return RGB(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
  }

  /// The index of the nearest colour of the cube and the grey steps; exact for colours of those.
  public static func nearest256(_ color: RGB) -> UInt8 {
    let (red, green, blue) = (Int(color.red), Int(color.green), Int(color.blue))
    func step(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
    let (redStep, greenStep, blueStep) = (step(red), step(green), step(blue))
    func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
      (r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue)
    }
    let cube = distance(cubeLevels[redStep], cubeLevels[greenStep], cubeLevels[blueStep])
    let average = (red + green + blue) / 3
    let grey = average > 238 ? 23 : max(0, (average - 3) / 10)
    let level = 8 + 10 * grey
    let isGrey = distance(level, level, level) < cube
    return UInt8(isGrey ? 232 + grey : 16 + 36 * redStep + 6 * greenStep + blueStep)
  }

  /// The index of the nearest of the sixteen ANSI colours.
  public static func nearest16(_ color: RGB) -> UInt8 {
    func distance(_ other: RGB) -> Int {
      let red = Int(other.red) - Int(color.red)
      let green = Int(other.green) - Int(color.green)
      let blue = Int(other.blue) - Int(color.blue)
      return red * red + green * green + blue * blue
    }
    let nearest = ansi.indices.min { distance(ansi[$0]) < distance(ansi[$1]) }
    return UInt8(nearest ?? 7)
  }
}
