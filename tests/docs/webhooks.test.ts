import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventEffects } from '@/lib/account/kakao-events';

const page = readFileSync(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');

it('docs/webhooks.md says of every event what the code does', () => {
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (oauth|risc|caep|kakao) \| (\w+) \|/gm)];
  const documented = rows.map(([, name, family, effect]) => [`${family}/event-type/${name}`, effect]);
  const coded = [...eventEffects].map(([uri, effect]) => [uri.split('/').slice(-3).join('/'), effect]);
  expect(documented).toEqual(coded);
  expect(documented).toHaveLength(18);
});
