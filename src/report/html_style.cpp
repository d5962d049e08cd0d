#include "report/html_style.h"

namespace unspool::report {

std::string_view ReportStyle() {
  return R"css(
:root { color-scheme: light dark; --paper: #fbfbfa; --card: #fff; --ink: #1d2329; --soft: #5c6670;
  --line: #dfe3e6; --good: #157347; --good-soft: #e3f4ea; --bad: #b3261e; --bad-soft: #fbe9e7;
  --wait: #8a5a00; --wait-soft: #fdf3dc; --blue: #2563a8; --grey: #8794a0; --code: #f4f5f6; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181c; --card: #1b2126; --ink: #e4e8eb;
  --soft: #9aa5ae; --line: #313a42; --good: #5fcf95; --good-soft: #16352a; --bad: #ff8a80;
  --bad-soft: #3d2020; --wait: #e7b75a; --wait-soft: #362c17; --blue: #7db4f0; --grey: #75818c;
  --code: #20272d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .2rem 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.15rem; margin: 2.6rem 0 .8rem; }
p { margin: .4rem 0; } .soft { color: var(--soft); }
code, pre { font: .86rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.eyebrow { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .8rem;
  margin: 1.4rem 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .8rem 1rem; }
.card b { display: block; font-size: 1.3rem; white-space: nowrap; line-height: 1.25; font-variant-numeric: tabular-nums; }
.card span { color: var(--soft); font-size: .85rem; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .4rem 1rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; font-size: .82rem; color: var(--soft); }
th, td { padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; } td.number { font-variant-numeric: tabular-nums; }
td.place { white-space: nowrap; }
.tag { display: inline-block; border-radius: 1rem; padding: .05rem .6rem; font-size: .82rem;
  white-space: nowrap; }
.good { color: var(--good); background: var(--good-soft); }
.bad { color: var(--bad); background: var(--bad-soft); }
.wait { color: var(--wait); background: var(--wait-soft); }
.plain { color: var(--soft); background: var(--code); }
pre.diff { margin: 0; padding: .5rem 0; }
pre.diff div { padding: 0 .6rem; white-space: pre; min-width: max-content; }
pre.diff .add { background: var(--good-soft); color: var(--good); }
pre.diff .del { background: var(--bad-soft); color: var(--bad); }
pre.diff .hunk { color: var(--blue); margin-top: .5rem; } pre.diff .file { color: var(--soft); }
.matrix td, .matrix th { text-align: center; } .matrix td:first-child { text-align: left; }
.chart { width: 100%; height: auto; display: block; margin: .5rem 0; }
.chart text { fill: var(--soft); font: 12px system-ui, sans-serif; }
.chart .label { fill: var(--ink); font-size: 13px; } .chart .grid { stroke: var(--line); }
.chart .bar.original { fill: var(--grey); opacity: .25; } .chart .bar.rewritten { fill: var(--good); opacity: .25; }
.chart .run.original { fill: var(--grey); } .chart .run.rewritten { fill: var(--good); }
.chart .median { stroke: var(--ink); stroke-width: 2; }
details { margin: .3rem 0; } summary { cursor: pointer; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media print { body { background: #fff; } details { display: block; } }
)css";
}

}  // namespace unspool::report
