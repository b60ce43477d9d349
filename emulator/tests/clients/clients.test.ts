import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { people } from '../kakao.ts';
import { clients, type Outcome } from './clients.ts';
import { type Site, startSite } from './site.ts';

interface Situation {
  readonly name: string;
  readonly app?: object;
  readonly userId?: string;
  readonly decision?: 'cancel';
  readonly shows: (outcome: Outcome) => string;
}

const email = (outcome: Outcome) => (outcome.email ? `stores \`${outcome.email}\`` : 'logged in, no e-mail');
const nickname = ({ name }: Outcome) => (name ? `logged in as ${name}` : 'logged in, no name');

/** What each client is put through; OpenID Connect is off unless it says otherwise. */
const situations: readonly Situation[] = [
  { name: 'login', shows: nickname },
  { name: 'OpenID Connect ON', app: { oidc: true }, shows: nickname },
  { name: 'e-mail refused', userId: people.declinesEmail, shows: email },
  { name: 'no e-mail on the account', userId: people.noEmail, shows: email },
  { name: 'e-mail masked (expired)', userId: people.masked, shows: email },
  { name: 'e-mail not verified', userId: people.unverified, shows: email },
  { name: 'nickname refused', userId: people.refuses, shows: nickname },
  { name: 'id 9007199254740993', userId: people.bigger, shows: ({ id }) => `id \`${id}\`` },
  { name: 'picture', shows: ({ image }) => `\`${image?.split('/')[0]}//…\`` },
  { name: 'app without e-mail permission', app: { consentItems: { account_email: 'off' } }, shows: email },
  { name: 'under 14', userId: people.child, shows: nickname },
  { name: 'cancelled', decision: 'cancel', shows: nickname },
];

const folder = mkdtempSync(join(tmpdir(), 'kakao-clients-'));
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, tls: {} });
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** How one situation ends at one site, in the words of the table. */
async function outcomeOf(
  site: Site,
  { app, userId = people.plain, decision, shows }: Situation,
): Promise<string> {
  if (app) await site.patchApp(app);
  const outcome = await site.login(userId, decision);
  return outcome.error === undefined ? shows(outcome) : `fails: \`${outcome.error}\``;
}

/** What the page says, by situation: a cell for each client, in their order. */
const documented = new Map(
  readFileSync(join(import.meta.dirname, '../../../docs/third-party-clients.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, situation = '', ...cells]) => [situation, cells.slice(0, clients.length)]),
);

describe('the table of docs/third-party-clients.md', () => {
  it('has these clients and situations, and no others', () => {
    expect(documented.get('')).toEqual(clients.map(({ name }) => name));
    expect([...documented.keys()]).toEqual(['', '---', ...situations.map(({ name }) => name)]);
  });
});

describe.each(clients)('$name', (client) => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(client, emulator, folder);
  });
  beforeEach(() => site.patchApp({ oidc: false, consentItems: { account_email: 'optional' } }));
  afterAll(() => site.stop());

  it('logs in, with nothing changed but where the host names lead', async () => {
    expect(await site.login(people.plain)).toMatchObject({ id: people.plain });
  });

  it.each(situations)('ends as the table says: $name', async (situation) => {
    const cell = documented.get(situation.name)?.[clients.indexOf(client)];
    expect(await outcomeOf(site, situation)).toBe(cell);
  });
});
