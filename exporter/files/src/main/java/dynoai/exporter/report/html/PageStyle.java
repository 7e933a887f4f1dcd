package dynoai.exporter.report.html;

/**
 * The style sheet of all pages. Colour-blind readers can distinguish orange and blue, and each colour repeats the number in
 * its cell. Print uses the light colours.
 */
final class PageStyle {
    static final String CSS = """
            :root { color-scheme: light; --ink: #16191d; --soft: #565d66; --paper: #ffffff; --line: #c9ced5;
              --band: #f2f4f7; --warn: #fff3d6; --warn-line: #b26a00; --clamp: #16191d; --empty: #f7f8fa;
              --p1: #fff4e8; --p2: #fee0bf; --p3: #fdc58d; --p4: #f5a04f; --p5: #dd7a1f; --p6: #9c4300;
              --n1: #eef5fc; --n2: #d2e5f5; --n3: #a9cdea; --n4: #72acd9; --n5: #4a8fc7; --n6: #124c8a;
              --s1: #f3f1fa; --s2: #dfdaf0; --s3: #c4bbe2; --s4: #a497d1; --s5: #8a7bc0; --s6: #4b3a8c;
              --deep-ink: #ffffff; --deep-frame: #ffd95a; --front: #9c4300; --rear: #124c8a }
            @media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --ink: #e8eaed;
              --soft: #a7aeb8; --paper: #15181c; --line: #3d444d; --band: #1f242a; --warn: #3a2c0c;
              --warn-line: #f0b04a; --clamp: #ffffff; --empty: #1a1e23;
              --p1: #2a1e12; --p2: #43290f; --p3: #63390d; --p4: #87490b; --p5: #a85c10; --p6: #f39a3d;
              --n1: #12212f; --n2: #15324c; --n3: #17456d; --n4: #1b5990; --n5: #2670b3; --n6: #86c0f2;
              --s1: #211d30; --s2: #2f2849; --s3: #403666; --s4: #524685; --s5: #6657a6; --s6: #b9aef0;
              --deep-ink: #101214; --deep-frame: #101214; --front: #f39a3d; --rear: #86c0f2 } }
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
            .heat .none { background: var(--empty) } .plain td, .plain th { text-align: left; vertical-align: top }
            .plain td { min-width: 4rem } .weak { font-style: italic; text-decoration: underline dotted;
              text-underline-offset: 3px } .clamped { outline: 3px solid var(--clamp); outline-offset: -3px;
              font-weight: 700 } .ride { outline: 2px dashed var(--ink); outline-offset: -3px }
            .p1 { background: var(--p1) } .p2 { background: var(--p2) } .p3 { background: var(--p3) }
            .p4 { background: var(--p4) } .p5 { background: var(--p5) }
            .p6 { background: var(--p6); color: var(--deep-ink) }
            .n1 { background: var(--n1) } .n2 { background: var(--n2) } .n3 { background: var(--n3) }
            .n4 { background: var(--n4) } .n5 { background: var(--n5) }
            .n6 { background: var(--n6); color: var(--deep-ink) }
            .s1 { background: var(--s1) } .s2 { background: var(--s2) } .s3 { background: var(--s3) }
            .s4 { background: var(--s4) } .s5 { background: var(--s5) }
            .s6 { background: var(--s6); color: var(--deep-ink) } .p6.clamped, .n6.clamped {
              outline-color: var(--deep-frame) }
            .legend { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: center; font-size: .85rem;
              color: var(--soft) } .legend span { display: inline-block } .swatch { width: 1.5rem; height: .9rem;
              border: 1px solid var(--line); vertical-align: -2px; margin-right: .3rem }
            svg { width: 100%; height: auto; display: block } svg text { fill: var(--soft); font-size: 11px }
            .axis { stroke: var(--line); stroke-width: 1 } .curve { fill: none; stroke: var(--ink);
              stroke-width: 1.5 } .pressure { fill: none; stroke: var(--s5); stroke-width: 1.5;
              stroke-dasharray: 4 2 } .knock { stroke: var(--ink); stroke-width: 1.5 }
            svg .p1 { fill: var(--p1) } svg .p2 { fill: var(--p2) } svg .p3 { fill: var(--p3) }
            svg .p4 { fill: var(--p4) } svg .p5 { fill: var(--p5) } svg .p6 { fill: var(--p6) }
            svg .n1 { fill: var(--n1) } svg .n2 { fill: var(--n2) } svg .n3 { fill: var(--n3) }
            svg .n4 { fill: var(--n4) } svg .n5 { fill: var(--n5) } svg .n6 { fill: var(--n6) }
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
