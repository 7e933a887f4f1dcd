package dynoai.exporter.report.html;

/**
 * The style sheet of all pages. It has the palette of the live page. Colour-blind readers can distinguish amber and blue, and each
 * colour repeats the number in its cell. Print uses the light colours.
 */
final class PageStyle {
    static final String CSS = """
            :root { color-scheme: light; --ink: #16191d; --soft: #565d66; --paper: #ffffff; --line: #c9ced5;
              --band: #f2f4f7; --warn: #fff3d6; --warn-line: #b26a00; --clamp: #16191d; --empty: #f7f8fa;
              --low1: #dcebf8; --low2: #abcdeb; --low3: #6ea6d6; --low4: #2a6fb3; --low5: #0c427c;
              --high1: #fdead0; --high2: #f8cd93; --high3: #e9a04a; --high4: #a95a08; --high5: #703700;
              --s1: #e0f0ec; --s2: #b0dad1; --s3: #70b8aa; --s4: #25786b; --s5: #0e524a;
              --deep-ink: #ffffff; --deep-frame: #ffd95a; --front: #a95a08; --rear: #0c427c }
            @media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --ink: #e8eaed;
              --soft: #a7aeb8; --paper: #15181c; --line: #3d444d; --band: #1f242a; --warn: #3a2c0c;
              --warn-line: #f0b04a; --clamp: #ffffff; --empty: #1a1e23;
              --low1: #16293b; --low2: #1a4270; --low3: #1f5c9e; --low4: #3d86d6; --low5: #58a8ff;
              --high1: #33240f; --high2: #5f3d10; --high3: #8a520a; --high4: #b86a05; --high5: #e88400;
              --s1: #13312c; --s2: #185048; --s3: #1f7367; --s4: #2a9d8c; --s5: #35c9b3;
              --deep-ink: #0f1215; --deep-frame: #0f1215; --front: #e88400; --rear: #58a8ff } }
            * { box-sizing: border-box }
            body { margin: 0; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
              color: var(--ink); background: var(--paper) }
            h1, h2, h3, p, li, dd, caption, .plain td { overflow-wrap: anywhere }
            main { max-width: 72rem; margin: 0 auto; padding: 1.25rem }
            footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem 2rem; color: var(--soft) }
            h1 { font-size: 1.6rem; margin: 0 0 .75rem } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem;
              border-bottom: 1px solid var(--line); padding-bottom: .25rem }
            h3 { font-size: 1rem; margin: 1.25rem 0 .35rem }
            p, ul, ol { margin: .4rem 0; max-width: 50rem } .soft, small { color: var(--soft) }
            .warning { background: var(--warn); border-left: 5px solid var(--warn-line); padding: .6rem .8rem;
              max-width: none }
            .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: .5rem;
              margin: .75rem 0 } .figures div { border: 1px solid var(--line); border-radius: 6px;
              padding: .45rem .65rem } .figures dt { color: var(--soft); font-size: .8rem }
            .figures dd { margin: 0; font-size: 1.05rem; font-weight: 600 }
            .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem }
            .wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums }
            caption { text-align: left; font-weight: 600; padding: .3rem 0 }
            th, td { border: 1px solid var(--line); padding: .22rem .5rem } th { background: var(--band);
              font-weight: 600 } .heat { width: 100%; min-width: 29rem; table-layout: fixed }
            .heat th, .heat td { text-align: right; white-space: nowrap; vertical-align: top; overflow: hidden }
            .heat td small { display: block; font-size: .7rem; line-height: 1.25; color: inherit; white-space: pre-line }
            .heat thead th:first-child { font-size: .75rem }
            .heat .zero { color: var(--soft) }
            .plain td, .plain th { text-align: left; vertical-align: top }
            .plain td { min-width: 4rem } .clamped { outline: 3px solid var(--clamp); outline-offset: -3px;
              font-weight: 700 } .ride { outline: 2px dashed var(--ink); outline-offset: -3px }
            .low1 { --fill: var(--low1) } .low2 { --fill: var(--low2) } .low3 { --fill: var(--low3) } .low4 { --fill: var(--low4) } .low5 { --fill: var(--low5) }
            .high1 { --fill: var(--high1) } .high2 { --fill: var(--high2) } .high3 { --fill: var(--high3) } .high4 { --fill: var(--high4) } .high5 { --fill: var(--high5) }
            .s1 { --fill: var(--s1) } .s2 { --fill: var(--s2) } .s3 { --fill: var(--s3) } .s4 { --fill: var(--s4) } .s5 { --fill: var(--s5) }
            .heat td, .swatch { background: var(--fill) } .heat td.none { background: var(--empty) }
            .low4, .low5, .high4, .high5, .s4, .s5 { color: var(--deep-ink) }
            .heat td.weak, .swatch.weak { background: var(--empty); border-top: .4rem solid var(--fill); color: var(--ink) }
            .heat td.scattered, .swatch.scattered { border-top: .4rem solid var(--fill); color: var(--ink);
              background: color-mix(in srgb, var(--fill) 50%, var(--paper)) }
            .clamped:is(.low4, .low5, .high4, .high5):not(.weak, .scattered) { outline-color: var(--deep-frame) }
            .legend { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: center; font-size: .85rem;
              color: var(--soft) } .legend span { display: inline-block } .swatch { width: 1.5rem; height: .9rem;
              border: 1px solid var(--line); vertical-align: -2px; margin-right: .3rem }
            svg { width: 100%; height: auto; display: block } svg text { fill: var(--soft); font-size: 11px }
            .axis { stroke: var(--line); stroke-width: 1 } .curve { fill: none; stroke: var(--ink);
              stroke-width: 1.5 } .pressure { fill: none; stroke: var(--s5); stroke-width: 1.5;
              stroke-dasharray: 4 2 } .knock { stroke: var(--ink); stroke-width: 1.5 }
            svg .low1, svg .low2, svg .low3, svg .low4, svg .low5, svg .high1, svg .high2, svg .high3, svg .high4,
              svg .high5 { fill: var(--fill) }
            svg .s5 { fill: var(--s5) } svg .none { fill: var(--band) } .dot { fill: var(--front) } .front { stroke: var(--front) }
            .rear { stroke: var(--rear) }
            @media print { @page { margin: 11mm } :root { font-size: 11.5px }
              body { font-size: 8.5pt; line-height: 1.3 } main { max-width: none; padding: 0 } p, ul { max-width: none }
              .figures { grid-template-columns: repeat(5, 1fr) } h2 { margin-top: 1.2rem }
              * { print-color-adjust: exact; -webkit-print-color-adjust: exact } .wide { overflow: visible } .heat { min-width: 0 }
              .heat td small { font-size: 6.5pt }
              h2, h3, caption { break-after: avoid } table, svg, .figures div, .anomaly { break-inside: avoid }
              table.plain { break-inside: auto } tr { break-inside: avoid }
              .pair { grid-template-columns: 1fr 1fr } th, td { padding: .04rem .3rem } }
            """;

    private PageStyle() {}
}
