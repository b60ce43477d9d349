import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { generalProblems, openApiDocument } from '@/lib/http/openapi';
import { type ProblemCode, statusOf } from '@/lib/http/problem';
import type { RouteExports } from '@/lib/http/route';
import { stubEnvironment } from '../support/env';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
const { paths } = openApiDocument({ origin: 'http://localhost:3000', sessionCookie: 'session-3000' });

/** Such as `DELETE /api/sessions/{id}`. */
const described = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

/** Every operation that a text names, without what comes behind a question mark. */
function operationsIn(text: string): string[] {
  return [...text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/(?:api|account\/picture)[\w./{}-]*)/g)].map(
    ([, method, path]) => `${method} ${path}`,
  );
}

/** The codes of refusals that a text names. */
function codesIn(text: string): ProblemCode[] {
  const named = [...text.matchAll(/`([A-Z][A-Z_0-9]+)`/g)].map(([, code]) => code as ProblemCode);
  return [...new Set(named.filter(isCode))].sort();
}

function isCode(code: ProblemCode): boolean {
  try {
    return statusOf(code) > 0;
  } catch {
    return false;
  }
}

describe('the description of the API', () => {
  beforeAll(() => stubEnvironment());

  // What next-auth's client asks is one route with a table of its own; what is missing is no operation.
  const files = ['app/api', 'app/account/picture'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('route.ts') && !file.includes('[...'))
      .map((file) => join(folder, file)),
  );

  it.each(files)('has every method of %s', async (file) => {
    const { OPTIONS } = (await import(join(root, file))) as RouteExports;
    const path = `/${dirname(file)
      .replace(/^app\//, '')
      .replace(/\[(\w+)\]/, '{$1}')}`;
    const { headers } = await OPTIONS(new Request(`http://localhost:3000${path}`));
    const allowed = (headers.get('allow') ?? '').split(', ').filter((name) => !/HEAD|OPTIONS/.test(name));
    const operations = Object.keys(paths[path] ?? {}).map((method) => method.toUpperCase());
    expect(operations.sort()).toEqual(allowed.sort());
  });

  it('has no path without a route', () => {
    const known = files.map(
      (file) =>
        `/${dirname(file)
          .slice(4)
          .replace(/\[(\w+)\]/, '{$1}')}`,
    );
    const nextAuth = /^\/api\/auth\/(session|csrf|signout|providers|signin|error)$/;
    expect(Object.keys(paths).filter((path) => !known.includes(path) && !nextAuth.test(path))).toEqual([]);
  });

  it('has the same operations as docs/api.md', () => {
    expect([...new Set(operationsIn(page))].sort()).toEqual([...described].sort());
  });

  const general = codesIn(page.slice(0, page.indexOf('\n## ')));
  const sections = page
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [heading = ''] = section.split('\n', 1);
      const operations = operationsIn(heading);
      return operations.length > 0 ? [[heading, operations, codesIn(section)] as const] : [];
    });

  it.each(sections)('refuses by the same codes as docs/api.md says of %s', (_, operations, documented) => {
    const coded = operations.flatMap((operation) => {
      const [method = '', path = ''] = operation.split(' ');
      return codesIn(JSON.stringify(paths[path]?.[method.toLowerCase()]).replaceAll('"', '`'));
    });
    const own = (codes: readonly ProblemCode[]) =>
      [...new Set(codes)].filter((code) => !general.includes(code)).sort();
    expect(own(coded)).toEqual(own(documented));
    expect(general).toEqual(expect.arrayContaining([...generalProblems]));
    // What is general is told of an operation only where it can happen.
    expect(documented.filter((code) => !coded.includes(code))).toEqual([]);
  });

  it('has each section of docs/api.md', () => expect(sections.length).toBeGreaterThan(6));
});
