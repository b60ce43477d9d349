import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chart, type Results, tables } from '../../bench/report.ts';

const docs = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(docs, 'performance.md'), 'utf8');
const files = readdirSync(join(docs, 'performance')).filter((name) => name.endsWith('.json'));
const resultsOf = (file: string) =>
  JSON.parse(readFileSync(join(docs, 'performance', file), 'utf8')) as Results;

describe.each(files)('docs/performance/%s', (file) => {
  it('is what docs/performance.md shows', () => {
    const lines = tables(resultsOf(file)).split('\n');
    expect(lines.filter((line) => !page.includes(line))).toEqual([]);
  });
});

it('the chart shows docs/performance/logins.json', () => {
  const shown = readFileSync(join(docs, 'performance', 'chart.svg'), 'utf8');
  expect(shown).toBe(chart(resultsOf('logins.json').logins ?? []));
});
