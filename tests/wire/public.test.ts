import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Visitor } from '../stack/visitor';
import { text } from '../stack/words';
import { expect, test } from './support/test';

const folder = join(import.meta.dirname, '../../public');
const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
const files = [...entries.filter((file) => statSync(join(folder, file)).isFile()), 'manifest.webmanifest'];

for (const file of files) {
  test(`${file} is a file, not a page: cacheable, without a page's policy, and nothing to post to`, async ({
    visitor,
    stack,
  }) => {
    const answer = await visitor.send(`/${file}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toContain('public');
    // An SVG that is opened by itself could run scripts.
    const policy = file.endsWith('.svg') ? "default-src 'none'; style-src 'unsafe-inline'" : undefined;
    expect(answer.headers['content-security-policy']).toBe(policy);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    const posted = await visitor.send(`/${file}`, { method: 'POST', headers: { origin: stack.appUrl } });
    expect(posted.status).toBe(405);
  });
}

test('the manifest names the service, and icons that are there', async ({ visitor }) => {
  const front = await visitor.send('/');
  const [, href] = /<link rel="manifest" href="([^"]+)"/.exec(front.text) ?? [];
  const manifest = await visitor.send(href ?? '');
  expect(manifest.headers['content-type']).toBe('application/manifest+json');
  const { name, icons } = JSON.parse(manifest.text);
  expect(name).toBe(text('ko').site.name);
  for (const { src, type } of icons) {
    const icon = await visitor.send(src);
    expect([icon.status, icon.headers['content-type']], src).toEqual([200, type]);
  }
});

test('the colours come in one file, which a browser keeps under the address that pages have for it', async ({
  visitor,
}) => {
  const front = await visitor.send('/');
  const [, href = ''] = /<link rel="stylesheet" href="(\/theme\.css[^"]*)"/.exec(front.text) ?? [];
  const theme = await visitor.send(href);
  expect([theme.status, theme.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
  expect(theme.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const variables = theme.text.match(/--[a-z-]+(?=:)/g) ?? [];
  const used = [...(await stylesOf(visitor, front.text)).matchAll(/var\((--[a-z-]+)\)/g)].map(
    ([, name]) => name,
  );
  expect(variables).toEqual(expect.arrayContaining(['--page', '--on-primary', '--problem-line']));
  expect(['--page', '--on-primary'].filter((name) => !used.includes(name))).toEqual([]);
  for (const other of ['/theme.css', '/theme.css?v=0123456789ab']) {
    expect((await visitor.send(other)).headers['cache-control']).toBe('public, no-cache');
  }
});

test('a page and what stands in for one have their colours from it, and none of their own', async ({
  visitor,
}) => {
  const plain = await visitor.send('/logout', { method: 'POST', headers: { accept: 'text/html' } });
  expect(plain.status).toBe(403);
  const styles = [...plain.text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(
    ([, href = '']) => href,
  );
  expect(styles).toEqual([expect.stringMatching(/^\/theme\.css\?v=/), '/plain.css']);
  expect((await visitor.send('/plain.css')).text).not.toMatch(/#[0-9a-f]{3,8}\b/i);
});

async function stylesOf(visitor: Visitor, html: string): Promise<string> {
  const hrefs = [...html.matchAll(/<link rel="stylesheet" href="(\/_next\/[^"]+)"/g)].map(
    ([, href = '']) => href,
  );
  const sheets = await Promise.all(hrefs.map((href) => visitor.send(href)));
  return sheets.map((sheet) => sheet.text).join('\n');
}
