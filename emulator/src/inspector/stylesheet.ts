/** Light and dark come from the variables of the common stylesheet; 360 pixels first. */
export const inspectorCss = `.card.wide{max-width:1480px;margin:0 auto;padding:20px 16px 48px;border:0;border-radius:0;background:none}
body{background:var(--bg)}
.top{display:flex;flex-wrap:wrap;align-items:flex-start;justify-content:space-between;gap:4px 16px}.top h1{margin:0}.top .lead{margin:2px 0 12px}
.live{margin:6px 0 0;font-size:13px;color:var(--good);white-space:nowrap}.live::before{content:"";display:inline-block;width:8px;height:8px;margin-inline-end:6px;border-radius:50%;background:currentColor}
.live.lost{color:var(--bad)}
#notice{min-height:1.5em;margin:-8px 0 6px;font-size:14px;font-weight:600}
.inspector{display:grid;gap:20px;grid-template-columns:minmax(0,1fr)}
.toolbar{display:flex;flex-wrap:wrap;gap:8px 12px;justify-content:space-between;align-items:center;margin-bottom:10px}
#filter{display:flex;flex-wrap:wrap;gap:8px;align-items:center;flex:1 1 260px}
#q{flex:1 1 150px;min-width:0;max-width:320px}
input:not([type=checkbox]),select{min-height:44px;padding:5px 10px;border:1px solid var(--soft);border-radius:9px;background:var(--card);color:var(--ink);font:inherit;font-size:14px;max-width:100%;min-width:0}
.small{display:inline-flex;align-items:center;min-height:44px;padding:4px 12px;border:1px solid var(--line);border-radius:9px;background:var(--card);color:var(--ink);font-size:13.5px;font-weight:600;text-decoration:none;white-space:nowrap}
.small:hover{background:var(--hover)}.small.strong{background:var(--accent);color:var(--accent-ink);border-color:transparent}.small.strong:hover{background:#f5d900}
.buttons{display:flex;flex-wrap:wrap;gap:6px;align-items:center}
.check{display:inline-flex;align-items:center;gap:6px;min-height:44px;font-size:14px;white-space:nowrap;cursor:pointer}.check input{width:18px;height:18px;margin:0;accent-color:#8a6d00}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
#requests{border:1px solid var(--line);border-radius:14px;overflow:hidden;background:var(--card)}#requests:empty{display:none}
#requests>li+li{border-top:1px solid var(--line)}
#requests>li>details{border:0;border-radius:0;padding:0}
#requests>li>details>summary{display:grid;grid-template-columns:auto auto minmax(0,1fr);gap:1px 10px;align-items:baseline;align-content:center;padding:9px 14px;font-weight:400;font-size:14px;list-style:none}
#requests summary::-webkit-details-marker{display:none}
#requests>li>details>summary:hover,#requests>li>details[open]>summary{background:var(--hover)}
#requests>li>details>summary:focus-visible{outline-offset:-3px}
#requests .id,#requests time{color:var(--soft);font-variant-numeric:tabular-nums;font-size:12.5px}
#requests strong{font-size:13.5px;white-space:nowrap}#requests summary code{grid-column:1/-1;font-weight:600;overflow-wrap:anywhere}
#requests .verdict{grid-column:1/-1;color:var(--ink);font-size:13.5px;border-inline-start:3px solid var(--bad);padding-inline-start:8px;margin-top:3px}
.detail{padding:6px 14px 16px;border-top:1px dashed var(--line);font-size:14px}
.detail h3{margin:14px 0 4px;font-size:12.5px;color:var(--soft);font-weight:600}.detail p{margin:6px 0 0}
.pairs{display:grid;grid-template-columns:minmax(90px,max-content) minmax(0,1fr);gap:2px 14px;font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.pairs dt{margin:0;font-size:12.5px}.pairs dd{overflow-wrap:anywhere}
pre{margin:0;padding:10px 12px;max-height:280px;overflow:auto;border-radius:10px;background:var(--bg);font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.curl{display:flex;gap:8px;align-items:flex-start}.curl pre{flex:1;min-width:0}
.inner{margin-top:10px;padding:0 10px;border-radius:10px}.inner[open]{padding-bottom:10px}.inner summary{font-size:13px;color:var(--soft)}.inner>:not(summary){margin-top:4px}
.nothing{padding:44px 16px;text-align:center;border:1px dashed var(--line);border-radius:14px;color:var(--soft)}.nothing p{margin:6px 0 0}.nothing strong{color:var(--ink)}
#none-fits{padding:20px;text-align:center}
#tools{display:grid;gap:10px;align-content:start}
.panel{padding:0;background:var(--card)}.panel>summary{padding:12px 14px;font-size:15px}
.count{display:inline-block;margin-inline-start:8px;color:var(--soft);font-weight:500;font-size:13px;font-variant-numeric:tabular-nums}
.inside{padding:0 14px 14px}.inside>p:first-child{margin:0 0 8px}
.to-tools{margin:0 0 4px;font-size:14px}.to-tools a{display:inline-flex;align-items:center;min-height:44px;color:inherit}
.things+.single{margin-top:8px}
.inside .line{margin-top:12px}.inside .buttons{margin-top:8px}
.line{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:8px 10px;align-items:end}
.line>label:not(.check){display:grid;gap:3px;font-size:12.5px;color:var(--soft);min-width:0}
.line>label:has(select[name=scenario]),.line>label:has(.code){grid-column:1/-1}.code{font:12.5px ui-monospace,Menlo,Consolas,monospace}
.line>.inner,.line>button{grid-column:1/-1}.line>button{justify-self:start}.line>.check{align-self:center}
.single{display:inline-flex;gap:6px;align-items:center;margin:0}
.things{display:grid}.things>li{display:flex;gap:10px;align-items:center;padding:8px 0;border-bottom:1px solid var(--line);font-size:14px;min-width:0}
.thing{display:grid;flex:1;min-width:0;line-height:1.4;overflow-wrap:anywhere}.thing small{color:var(--soft);font-size:12px}.thing .what{font-size:12px}
.people-list>li{flex-wrap:wrap}.people-list .thing{flex:1 1 150px}
.people-list{max-height:420px;overflow:auto}.people-list select{font-size:13px}
.linked{display:flex;flex-wrap:wrap;gap:6px;align-items:center}.linked .small{font-size:12px}
.big{margin:0;font-size:22px;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
@media (min-width:720px){#requests>li>details>summary{grid-template-columns:auto auto 96px minmax(0,1fr)}#requests summary code,#requests .verdict{grid-column:4}.card.wide{padding:24px 24px 60px}}
@media (min-width:1080px){.to-tools{display:none}.inspector{grid-template-columns:minmax(0,1fr) 400px}}
@media (prefers-reduced-motion:no-preference){#requests>.new{animation:arrive 1.6s ease-out}}
@keyframes arrive{from{background:var(--req-bg)}}
`;
