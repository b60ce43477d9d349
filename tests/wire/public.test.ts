import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/test';

const files = readdirSync(join(import.meta.dirname, '../../public'));

for (const file of files) {
  test(`${file} is a file, not a page: cacheable, without a policy, and nothing to post to`, async ({
    visitor,
    stack,
  }) => {
    const answer = await visitor.send(`/${file}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toContain('public');
    expect(answer.headers['content-security-policy']).toBeUndefined();
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
  expect(name).toBe('로그인 스타터');
  for (const { src, type } of icons) {
    const icon = await visitor.send(src);
    expect([icon.status, icon.headers['content-type']], src).toEqual([200, type]);
  }
});
