import type { Reply } from '../server/reply.ts';

const css = `:root{color-scheme:light dark;--bg:#f3f1ec;--card:#fff;--ink:#1f1d1a;--soft:#645f57;--line:#e4dfd5;--hover:#faf7f0;
--accent:#fee500;--accent-ink:#191600;--focus:#1769e0;--req-bg:#fff1c2;--req:#6b4e00;--opt-bg:#e8eef6;--opt:#35506f;--bad:#b3261e;--good:#1d6f42}
@media (prefers-color-scheme:dark){:root{--bg:#161513;--card:#211f1c;--ink:#f2efe9;--soft:#b3aca0;--line:#38342e;--hover:#2a2723;
--focus:#8ab8ff;--req-bg:#4a3c0c;--req:#ffe08a;--opt-bg:#26374a;--opt:#bcd6f5;--bad:#ff9a92;--good:#7fd3a2}}
*{box-sizing:border-box}
body{margin:0;background:var(--card);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Apple SD Gothic Neo","Noto Sans KR","Malgun Gothic",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
.bar{display:flex;align-items:center;gap:10px;padding:0 16px;background:#2b2722;color:#ffe98a;font-size:13px;border-bottom:3px dashed #fee500}
.bar .names{display:grid;line-height:1.35}.bar .names span{color:#d9d2c4}.bar a{display:inline-flex;align-items:center;gap:8px;min-height:44px;min-width:44px;color:inherit}.bar .home{text-decoration:none}.bar .tool{margin-inline-start:auto;justify-content:end}.mark{flex:none}
.card{max-width:440px;margin:0 auto;padding:28px 20px 36px;background:var(--card)}
.card.wide{max-width:1080px}
h1{margin:0 0 6px;font-size:23px;line-height:1.3;letter-spacing:-.01em}
h2{margin:34px 0 12px;font-size:17px}h3{margin:0 0 10px;font-size:16px}
.lead{margin:0 0 20px;color:var(--soft)}.about{color:var(--soft);font-size:13.5px}
ul,ol{list-style:none;margin:0;padding:0}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
button,input{font:inherit;color:inherit}button{cursor:pointer}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.people{border:1px solid var(--line);border-radius:14px;overflow:hidden;margin-bottom:14px}
.people li+li{border-top:1px solid var(--line)}
.person{display:flex;align-items:center;gap:12px;width:100%;min-height:60px;padding:9px 14px;border:0;background:none;text-align:start}
.person:hover{background:var(--hover)}.person:focus-visible{outline-offset:-3px}
.avatar{flex:none;border-radius:50%}
.who{display:grid;min-width:0;line-height:1.4}
.nickname{font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.primary,.secondary,.quiet{display:block;width:100%;min-height:50px;padding:12px 16px;border-radius:12px;border:1px solid transparent;font-weight:600}
.primary{background:var(--accent);color:var(--accent-ink)}.primary:hover{background:#f5d900}
.secondary{background:none;border-color:var(--line)}.secondary:hover,.quiet:hover{background:var(--hover)}
.quiet{background:none;color:var(--soft);font-weight:500}
.actions{display:grid;gap:8px;margin-top:22px}
.account{display:flex;align-items:center;gap:8px;min-width:0;margin:0 0 16px;font-weight:600}.account .about{font-weight:400}
.all{margin-bottom:10px}
a{color:inherit;text-underline-offset:3px}
.small{flex:none;display:inline-flex;align-items:center;justify-content:center;min-height:44px;text-decoration:none;padding:6px 12px;border:1px solid var(--line);border-radius:10px;background:none;font-size:14px}.small:hover{background:var(--hover)}
.account .who,.shared .label{flex:1}.account .who .about{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.notice{margin:0 0 18px;padding:12px 14px;border-radius:12px;background:var(--opt-bg);color:var(--opt);font-weight:600}.notice[role=alert]{background:var(--req-bg);color:var(--req)}
.services{display:grid;gap:14px}.services>li{border:1px solid var(--line);border-radius:14px;padding:16px}
.services h3{margin:0}.services .about{margin:0 0 10px}
.shared{margin-bottom:14px}.shared li{display:flex;align-items:center;gap:10px;min-height:52px;padding:4px 0;border-top:1px solid var(--line)}
.leave{margin-top:28px}.leave p{margin:10px 0 14px;color:var(--soft);font-size:14.5px}
.danger{width:100%;min-height:48px;border:1px solid var(--bad);border-radius:12px;background:none;color:var(--bad);font-weight:600}.danger:hover{background:var(--hover)}
.items{border:1px solid var(--line);border-radius:14px;overflow:hidden}.items li+li{border-top:1px solid var(--line)}
.items label{display:flex;align-items:center;gap:10px;min-height:52px;padding:9px 14px;cursor:pointer}
.items label:has(:disabled){cursor:not-allowed;color:var(--soft)}
.items input{flex:none;width:20px;height:20px;margin:0;accent-color:#8a6d00}
.items .label{display:grid;line-height:1.4}.items small{color:var(--soft)}
.badge{flex:none;padding:1px 8px;border-radius:99px;font-size:12px;font-weight:600}
.badge.required{background:var(--req-bg);color:var(--req)}.badge.optional{background:var(--opt-bg);color:var(--opt)}
.create{display:grid;gap:12px;margin-bottom:22px}.create label{display:grid;gap:4px;font-size:14px;color:var(--soft)}
.create input{min-height:46px;padding:8px 12px;border:1px solid var(--soft);border-radius:10px;background:var(--card);color:var(--ink)}
.notice-mark{width:44px;height:44px;margin-bottom:14px;border-radius:14px;background:var(--req-bg);color:var(--req);font:700 24px/44px system-ui;text-align:center}
details{border:1px solid var(--line);border-radius:14px;padding:0 14px}details[open]{padding-bottom:14px}summary{min-height:44px;padding:11px 0;cursor:pointer;font-weight:600;font-size:14px}
.causes{display:grid;gap:6px}
.apps{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr))}
.apps section{border:1px solid var(--line);border-radius:14px;padding:16px}
dl{margin:0;display:grid;gap:2px}dt{font-size:12.5px;color:var(--soft);margin-top:6px}dd{margin:0}
.roster{display:grid;gap:4px 24px;grid-template-columns:repeat(auto-fill,minmax(min(100%,420px),1fr))}
.roster li{display:flex;align-items:center;gap:10px;min-width:0;padding:7px 0;border-bottom:1px solid var(--line)}.roster .who{flex:1}.roster code{font-size:12px;color:var(--soft)}
.requests li{display:flex;flex-wrap:wrap;gap:2px 12px;padding:6px 0;border-bottom:1px solid var(--line);font-size:14px}
.requests time{color:var(--soft);font-variant-numeric:tabular-nums}.requests strong{margin-inline-start:auto}.bad{color:var(--bad)}.good{color:var(--good)}
@media (min-width:600px){.bar .names{display:block}body{background:var(--bg)}.card{margin:40px auto;padding:36px 34px 40px;border-radius:20px;border:1px solid var(--line)}.card.wide{margin:32px 24px}}
@media (min-width:1128px){.card.wide{margin:32px auto}}
`;

/** `GET /__emulator/pages.css`: the one stylesheet; light and dark, 360 pixels first. */
export function stylesheet(): Reply {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/css;charset=UTF-8', 'Cache-Control': 'max-age=300' },
    text: css,
  };
}
