import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...inDocs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];

const read = (page: string) => readFileSync(join(root, page), 'utf8');
const isThere = (path: string) => existsSync(join(root, path));

/** Headings as a page on the web has them for addresses. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\d _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Where the links of a page lead that stay in the repository: a file, and a heading in it. */
function linksOf(page: string): { file: string; anchor: string | undefined }[] {
  return [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path, anchor]) => ({
    file: path ? normalize(join(dirname(page), path)) : page,
    anchor,
  }));
}

describe.each(pages)('%s', (page) => {
  it('leads nowhere that is not there', () => {
    const broken = linksOf(page).filter(
      ({ file, anchor }) =>
        !isThere(file) || (anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor)),
    );
    expect(broken).toEqual([]);
  });

  it('names no file that is not there', () => {
    const named = read(page).matchAll(
      /`((?:app|components|lib|prisma|scripts|emulator|tests|e2e|bench|docs)\/[\w./[\]-]+\.\w+)`/g,
    );
    expect([...named].flatMap(([, path = '']) => (isThere(path) ? [] : [path]))).toEqual([]);
  });
});
