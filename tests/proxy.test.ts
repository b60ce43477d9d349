import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { config } from '@/proxy';

const files = readdirSync(join(import.meta.dirname, '../app'), { recursive: true, encoding: 'utf8' });

/** The paths of all files of this name below `app/`. */
function pathsOf(name: string): string[] {
  return files.flatMap((file) => {
    const parts = file.split(sep);
    return parts.pop() === name ? [`/${parts.join('/')}`] : [];
  });
}

function isDocument(path: string): boolean {
  return config.matcher.some((matcher) => new RegExp(`^${matcher}$`).test(path));
}

describe('the headers of documents', () => {
  it('are set on every page', () => {
    const pages = pathsOf('page.tsx');
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((path) => !isDocument(path))).toEqual([]);
  });

  it('are set on the page that says that there is none', () => {
    for (const path of ['/nowhere', '/login/nowhere', '/logout/nowhere', '/account/consents/nowhere']) {
      expect(isDocument(path), path).toBe(true);
    }
  });

  it('are not set on a route, which proxy.ts has to name unless it is under /api', () => {
    const routes = pathsOf('route.ts');
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter(isDocument)).toEqual([]);
  });
});
