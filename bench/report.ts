import type { Result } from './measure.ts';

const reference = 'bare Next.js';

/** All results as Markdown tables, one for each load; ratios are to the bare Next.js handlers of the same run. */
export function table(results: readonly Result[]): string {
  return loadsOf(results)
    .map(([title, rows]) => {
      const base = rows.find(({ target }) => target === reference)?.window;
      const lines = rows.map(({ target, window }) => {
        const ratio = base ? (window.loginsPerCore / base.loginsPerCore).toFixed(2) : '–';
        const cells = [
          target,
          window.loginsPerCore.toFixed(0),
          ratio,
          window.callbackMs.toFixed(0),
          window.checkMs.toFixed(1),
          window.residentMb.toFixed(0),
          window.failed,
        ];
        return `| ${cells.join(' | ')} |`;
      });
      const head =
        '| | logins a core can do /s | ratio | callback p50, ms | session check p50, ms | resident MB | failed |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |';
      return `\n${title}\n\n${head}\n${lines.join('\n')}\n`;
    })
    .join('');
}

function loadsOf(results: readonly Result[]): [title: string, rows: Result[]][] {
  const loads = new Map<string, Result[]>();
  for (const result of results) {
    const { browsers, kakaoMs, people } = result.load;
    const title = `${browsers} browser${browsers === 1 ? '' : 's'}, Kakao ${kakaoMs} ms away, ${people} people`;
    loads.set(title, [...(loads.get(title) ?? []), result]);
  }
  return [...loads];
}

const row = { height: 34, label: 190, width: 720, bar: 420 };

/** Logins a core can do, over bare Next.js, as bars; an SVG with its own colours for light and dark. */
export function chart(results: readonly Result[]): string {
  const [title, rows] = loadsOf(results)[0] ?? ['', []];
  const base = rows.find(({ target }) => target === reference)?.window.loginsPerCore ?? 1;
  const shown = rows.filter(({ target }) => target !== 'bare node:http');
  const longest = Math.max(...shown.map(({ window }) => window.loginsPerCore));
  const height = 56 + shown.length * row.height;
  const bars = shown.map(({ target, window }, at) => {
    const y = 48 + at * row.height;
    const width = Math.round((window.loginsPerCore / longest) * row.bar);
    const ours = target.startsWith('kakao-login');
    const ratio = (window.loginsPerCore / base).toFixed(2);
    return [
      `<text x="${row.label - 10}" y="${y + 16}" text-anchor="end">${target}</text>`,
      `<rect class="${ours ? 'ours' : 'other'}" x="${row.label}" y="${y}" width="${width}" height="22" rx="4"/>`,
      `<text x="${row.label + width + 8}" y="${y + 16}">${ratio} ×</text>`,
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
