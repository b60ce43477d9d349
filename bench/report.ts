import type { GrowthResult } from './growth.ts';
import type { Load, LoginWindow } from './logins.ts';
import type { RequestResult } from './pages.ts';
import type { Share } from './profile.ts';
import type { SoakStep } from './soak.ts';
import { reference } from './targets.ts';

/** The medians of one target under one load. */
export interface LoginResult {
  readonly target: string;
  readonly load: Omit<Load, 'logins'>;
  readonly windows: number;
  readonly window: LoginWindow;
}

/** How long a target takes from its start to its first page, ms. */
export interface StartResult {
  readonly target: string;
  readonly startMs: number;
}

/** Everything that a run has measured. */
export interface Results {
  readonly machine: string;
  readonly logins?: readonly LoginResult[];
  readonly checks?: readonly RequestResult[];
  readonly pages?: readonly RequestResult[];
  readonly starts?: readonly StartResult[];
  readonly growth?: readonly GrowthResult[];
  readonly soak?: readonly SoakStep[];
  readonly profile?: { readonly functions: readonly Share[]; readonly parts: readonly Share[] };
}

type Cell = string | number;

/** All results as Markdown tables. */
export function tables(results: Results): string {
  const { logins = [], checks, pages, starts, growth, soak, profile } = results;
  return [
    `${results.machine}\n`,
    ...loadsOf(logins).map(([title, rows]) => loginTable(title, rows)),
    checks && requestTable('Session checks, 16 browsers', 'next-auth 4', checks),
    pages && requestTable('Pages, 4 browsers', 'empty dynamic page', pages),
    starts &&
      table(
        ['From start to first page', 'ms'],
        starts.map(({ target, startMs }) => [target, startMs.toFixed(0)]),
      ),
    growth && growthTable(growth),
    soak &&
      table(
        ['Logins of new people from new addresses', 'resident MB', 'failed'],
        soak.map(({ logins: count, residentMb, failed }) => [count, residentMb.toFixed(0), failed]),
      ),
    profile && shareTable('Function (self time)', profile.functions),
    profile && shareTable('Whose code', profile.parts),
  ]
    .filter((part) => part !== undefined)
    .join('\n');
}

function loginTable(title: string, rows: readonly LoginResult[]): string {
  const base = rows.find(({ target }) => target === reference)?.window.loginsPerCore;
  const measured = rows.map(({ target, window }): Cell[] => [
    target,
    window.loginsPerCore.toFixed(0),
    base ? (window.loginsPerCore / base).toFixed(2) : '–',
    window.callbackMs.toFixed(0),
    window.checkMs.toFixed(1),
    window.residentMb.toFixed(0),
    window.failed,
  ]);
  const windows = rows[0]?.windows ?? 0;
  const head = [
    `${title} (${windows === 1 ? 'one window' : `medians of ${windows} windows`})`,
    'logins a core can do /s',
    'over bare Next',
    'callback p50, ms',
    'first check p50, ms',
    'resident MB',
    'failed',
  ];
  return table(head, measured);
}

function requestTable(title: string, baseName: string, rows: readonly RequestResult[]): string {
  const base = rows.find(({ name }) => name === baseName)?.window;
  const over = (read: (window: RequestResult['window']) => number, window: RequestResult['window']) =>
    base ? (read(window) / read(base)).toFixed(2) : '–';
  const measured = rows.map(({ name, window }): Cell[] => [
    name,
    window.cpuMs.toFixed(2),
    over(({ cpuMs }) => cpuMs, window),
    window.answerMs.toFixed(1),
    over(({ answerMs }) => answerMs, window),
    window.failed,
  ]);
  const to = `over ${baseName}`;
  return table([title, 'CPU, ms', to, 'answer p50, ms', to, 'failed'], measured);
}

function growthTable(growth: readonly GrowthResult[]): string {
  const measured = growth.map(({ people, logins, checks }): Cell[] => [
    people.toLocaleString('en'),
    (1_000 / logins.loginsPerCore).toFixed(2),
    logins.callbackMs.toFixed(0),
    checks.cpuMs.toFixed(2),
    checks.answerMs.toFixed(1),
    logins.failed + checks.failed,
  ]);
  const head = ['People, each with a session', 'CPU of a login, ms', 'callback p50, ms'];
  return table([...head, 'CPU of a check, ms', 'check p50, ms', 'failed'], measured);
}

function shareTable(title: string, shares: readonly Share[]): string {
  return table(
    [title, 'of the time'],
    shares.map(({ name, share }) => [name, `${(share * 100).toFixed(1)} %`]),
  );
}

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '---:'));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}

function loadsOf(results: readonly LoginResult[]): [title: string, rows: LoginResult[]][] {
  const loads = new Map<string, LoginResult[]>();
  for (const result of results) {
    const { browsers, kakaoMs, people } = result.load;
    const title = `${browsers} browser${browsers === 1 ? '' : 's'}, Kakao ${kakaoMs} ms away, ${people} people`;
    loads.set(title, [...(loads.get(title) ?? []), result]);
  }
  return [...loads];
}

const row = { height: 34, label: 190, width: 720, bar: 440 };

/** Logins a core can do, over bare Next.js, as bars; an SVG with its own colours for light and dark. */
export function chart(logins: readonly LoginResult[]): string {
  const [title, all] = loadsOf(logins)[0] ?? ['', []];
  const base = all.find(({ target }) => target === reference)?.window.loginsPerCore ?? 1;
  const rows = all.map(({ target, window }) => ({ target, ratio: window.loginsPerCore / base }));
  rows.sort((a, b) => b.ratio - a.ratio);
  // What checks and keeps nothing and has no framework either would make all others short.
  const shown = rows.filter(({ target }) => target !== 'bare node:http');
  const longest = Math.max(...shown.map(({ ratio }) => ratio));
  const height = 56 + shown.length * row.height;
  const bars = shown.map(({ target, ratio }, at) => {
    const y = 48 + at * row.height;
    const width = Math.round((ratio / longest) * row.bar);
    return [
      `<text x="${row.label - 10}" y="${y + 16}" text-anchor="end">${target}</text>`,
      `<rect class="${target.startsWith('kakao-login') ? 'ours' : 'other'}" x="${row.label}" y="${y}" width="${width}" height="22" rx="4"/>`,
      `<text x="${row.label + width + 8}" y="${y + 16}">${ratio.toFixed(2)} ×</text>`,
    ].join('\n  ');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${row.width} ${height}" role="img" aria-label="Logins a core can do, over bare Next.js">
  <style>
    text { font: 14px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600 }
    .ours { fill: #fee500; stroke: #b8a500 } .other { fill: #8c959f }
    @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .other { fill: #6e7681 } }
  </style>
  <text class="title" x="0" y="20">Logins a core can do, over bare Next.js handlers (${title})</text>
  ${bars.join('\n  ')}
</svg>
`;
}
