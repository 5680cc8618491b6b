/// The style sheet of a hand-out's page: no scripts, nothing from elsewhere, readable from a phone to a printer.
enum HandoutStyle {
  /// The whole sheet.
  static var sheet: String {
    let figures = FigureSVG.rules { "var(--\($0.rawValue))" }
    return """
      :root{color-scheme:light dark;\(HandoutPalette.variables(\.light))}
      @media (prefers-color-scheme:dark){:root{\(HandoutPalette.variables(\.dark))}}
      \(page)
      \(figures)
      \(print)
      """
  }

  private static let page = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:46rem;padding:1rem 1rem 3rem;background:var(--paper);color:var(--ink);\
    font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:break-word}
    h1{font-size:1.9rem;line-height:1.2;margin:.2em 0 .6em}
    h2{font-size:1.4rem;line-height:1.3;margin:2.6em 0 .6em;padding-top:.6em;border-top:1px solid var(--line)}
    h3{font-size:1.1rem;margin:1.6em 0 .4em}
    h4,h5,h6{font-size:1rem;margin:1.2em 0 .4em}
    p,ul,ol,pre,figure,blockquote,table{margin:0 0 1em}
    ul,ol{padding-left:1.4em}
    a{color:var(--link)}
    a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-100vw}
    .skip:focus{left:1rem;background:var(--paper);padding:.3em .6em}
    .over,.origin,.settings,figcaption,footer{color:var(--dim)}
    .over{margin:0}
    .origin,footer,figcaption,.settings,details pre{font-size:.92rem}
    code,pre{font-family:ui-monospace,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace;font-size:.9em}
    code{background:var(--panel);padding:.1em .25em;border-radius:3px}
    pre{background:var(--panel);padding:.7em .9em;overflow-x:auto;line-height:1.4;border-radius:4px}
    pre code{padding:0;font-size:1em}
    blockquote{border-left:4px solid var(--line);padding-left:1em}
    figure{padding:.2em 0}
    figure .title{font-weight:600;margin:0}
    .drawing{display:block;max-width:100%;height:auto;margin:.6em 0}
    .legend{list-style:none;padding:0;margin:.4em 0;font-size:.95rem}
    .legend li{display:flex;gap:.6em}
    .legend .mark{flex:none;min-width:1.7em;text-align:center;font-family:ui-monospace,monospace;border-radius:3px}
    .caution{border-left:4px solid var(--series1);padding-left:.8em}
    .scroll{overflow-x:auto;margin:0 0 1em}
    table{border-collapse:collapse;margin:0;font-size:.95rem}
    th,td{padding:.3em .7em;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .box{border:1px solid var(--line);border-left:5px solid var(--series0);border-radius:4px;padding:.2em 1em;margin:1.2em 0}
    .box h3{margin-top:.7em}
    .observe{border-left-color:var(--series2)}
    .kind{font-size:.85rem;letter-spacing:.06em;color:var(--dim)}
    .options{list-style:none;padding:0}
    .options li{display:flex;gap:.6em;margin:.35em 0}
    .options .inner{margin-left:2.2em}
    .options .mark{flex:none;min-width:1.5em;font-weight:600}
    .form{color:var(--dim)}
    /* Slanted characters are hard to read and no custom in Chinese. */
    :lang(zh) em{font-style:normal;font-weight:600}
    @media (max-width:30rem){table{font-size:.82rem}th,td{padding:.25em .4em}th:first-child,td:first-child{padding-left:0}}
    details{margin:0 0 .8em}
    summary{cursor:pointer;color:var(--link)}
    .wrong{margin:1.2em 0;padding-left:.9em;border-left:3px solid var(--line)}
    """

  private static var print: String {
    """
    \(HandoutPalette.tints.indices.map { ".tint\($0){background:var(--tint\($0))}" }.joined())
    @page{margin:18mm 16mm}
    @media print{
    :root{color-scheme:light;\(HandoutPalette.variables(\.light))}
    body{max-width:none;padding:0;font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    nav,.skip,.text,.hint:not([open]){display:none}
    h2,h3,h4,h5,h6,.kind,.title,.said,.open summary,figure p{break-after:avoid}
    svg,figure:has(svg),tr,.options,.wrong,li{break-inside:avoid}
    .legend{break-before:avoid}
    table{font-size:.85rem}
    th,td{padding:.12em .7em}
    .drawing{max-height:130mm;max-width:115mm}
    pre{white-space:pre-wrap}
    .scroll{overflow:visible}
    .open::details-content{content-visibility:visible;display:block;height:auto}
    .open summary{list-style:none;color:inherit;font-weight:600}
    .form::after{content:"";display:block;height:2.4em;border-bottom:1px solid var(--line)}
    }
    """
  }
}
