import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { env } from '@/lib/server/env';
import { renderMetrics, startMetrics } from '@/lib/server/metrics';
import { withApp } from '../support/app';
import { stubEnvironment } from '../support/env';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
const page = read('operations.md');
const { groups } = JSON.parse(read('operations/alerts.json')) as {
  groups: { rules: { alert: string; expr: string; annotations: { runbook: string } }[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('operations/dashboard.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

const app = withApp();
let answered: string;
beforeAll(async () => {
  stubEnvironment();
  startMetrics(env());
  answered = (await renderMetrics(app.deps())) ?? '';
});

/** The metrics that an expression asks for; a histogram by its own name. */
function metricsOf(expr: string): string[] {
  return (expr.match(/\b(kakao_login|nodejs|process)_\w+/g) ?? []).map((name) =>
    name.replace(/_duration_seconds_(bucket|count|sum)$/, '_duration_seconds'),
  );
}

const names = () => [...answered.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name);

describe('docs/operations.md', () => {
  it('explains every metric of ours, and no other', () => {
    const [, table = ''] = page.split('## Metrics');
    const rows = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => `kakao_login_${name}`);
    expect(rows.sort()).toEqual(
      names()
        .filter((name) => name.startsWith('kakao_login_'))
        .sort(),
    );
  });

  it('has a section for every alert, where its runbook leads, and no other', () => {
    const sections = [...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(rules.map(({ alert }) => alert));
    for (const { alert, annotations } of rules)
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
  });
});

describe.each([
  ...rules.map(({ alert, expr }) => [`the alert ${alert}`, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [`the panel ${title}`, expr] as const)),
])('%s', (_, expr) => {
  it('asks for metrics that there are', () => {
    expect(metricsOf(expr).length).toBeGreaterThan(0);
    expect(metricsOf(expr).filter((name) => !names().includes(name))).toEqual([]);
  });
});
