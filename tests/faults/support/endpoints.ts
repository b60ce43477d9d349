import { expect } from 'vitest';
import { type Answer, send } from '../../stack/http';
import type { Kakao, Person } from '../../stack/kakao';
import type { Stack } from '../../stack/servers';
import type { Visitor } from '../../stack/visitor';
import { signInWith } from '../../wire/support/api';

/** Somebody who is signed in, for one endpoint alone. */
export interface Scene {
  readonly stack: Stack;
  readonly kakao: Kakao;
  readonly person: Person;
  readonly visitor: Visitor;
}

type Asked = Pick<Answer, 'status' | 'headers' | 'text'>;

export interface Endpoint {
  readonly name: string;
  /** The file below `app/` that answers. */
  readonly file: string;
  /** What it asks of the database, at least. */
  readonly needs: 'nothing' | 'read' | 'write';
  readonly ask: (scene: Scene) => Promise<Asked>;
}

const html = { accept: 'text/html,application/xhtml+xml' };

function page(file: string, path: string, needs: Endpoint['needs']): Endpoint {
  return { name: `GET ${path}`, file, needs, ask: ({ visitor }) => visitor.send(path, { headers: html }) };
}

function form(path: string, needs: Endpoint['needs'], fields: Record<string, string> = {}): Endpoint {
  const file = `${path.slice(1)}/route.ts`;
  return { name: `POST ${path}`, file, needs, ask: ({ visitor }) => visitor.post(path, fields, html) };
}

function api(file: string, request: string, needs: Endpoint['needs']): Endpoint {
  const [method = '', path = ''] = request.split(' ');
  const ask = ({ visitor, stack }: Scene) =>
    visitor.send(path, { method, headers: { origin: stack.appUrl } });
  return { name: request, file, needs, ask };
}

async function unlinkNotice({ stack, person }: Scene): Promise<Asked> {
  const { KAKAO_ADMIN_KEY = '', KAKAO_APP_ID = '' } = stack.kakaoEnv;
  const query = { app_id: KAKAO_APP_ID, user_id: person.id, referrer_type: 'UNLINK_FROM_APPS' };
  const headers = { authorization: `KakaoAK ${KAKAO_ADMIN_KEY}` };
  return send(`${stack.appUrl}/api/webhooks/kakao/unlink?${new URLSearchParams(query)}`, { headers });
}

/** Made by Kakao and sent from here: Kakao would send it behind all others that wait for their answers. */
async function securityEvent({ stack, kakao, person }: Scene): Promise<Asked> {
  const url = `${stack.appUrl}/api/webhooks/kakao/account-state`;
  const [held] = await kakao.fire({ userId: person.id, event: 'credential-compromise', url, hold: true });
  const headers = { 'content-type': 'application/secevent+jwt' };
  return send(url, { method: 'POST', headers, body: held?.body ?? '' });
}

async function nextAuthSignOut({ visitor }: Scene): Promise<Asked> {
  const answer = await visitor.send('/api/auth/csrf');
  if (answer.status !== 200) return answer;
  return visitor.post('/api/auth/signout', { csrfToken: String(answer.json()['csrfToken']), json: 'true' });
}

/** Where a scheduler and Prometheus may ask. */
export const operatorEnv = {
  CRON_SECRET: 'a-scheduler-of-the-tests',
  METRICS_TOKEN: 'a-collector-of-the-tests',
};

function operator(path: string, secret: keyof typeof operatorEnv, needs: Endpoint['needs']): Endpoint {
  const headers = { authorization: `Bearer ${operatorEnv[secret]}` };
  const ask = ({ stack }: Scene) => send(`${stack.appUrl}${path}`, { headers });
  return { name: `GET ${path}`, file: `${path.slice(1)}/route.ts`, needs, ask };
}

const nextAuth = 'api/auth/[...nextauth]/route.ts';

/** Every page and route. `database.test.ts` says which file has none here. */
export const endpoints: readonly Endpoint[] = [
  page('page.tsx', '/', 'nothing'),
  page('login/page.tsx', '/login', 'nothing'),
  page('login/consent/page.tsx', '/login/consent?scope=account_email', 'nothing'),
  page('goodbye/page.tsx', '/goodbye', 'nothing'),
  page('not-found.tsx', '/nowhere', 'nothing'),
  page('account/page.tsx', '/account', 'read'),
  page('account/history/page.tsx', '/account/history', 'read'),
  page('account/devices/page.tsx', '/account/devices', 'read'),
  page('account/kakao/page.tsx', '/account/kakao', 'read'),
  api('account/picture/route.ts', 'GET /account/picture', 'read'),
  page('account/leave/page.tsx', '/account/leave', 'read'),
  page('account/leave/confirm/page.tsx', '/account/leave/confirm', 'read'),
  page('login/silent/route.ts', '/login/silent', 'read'),
  form('/login/kakao', 'nothing'),
  form('/language', 'nothing', { lang: 'en' }),
  form('/logout', 'write'),
  form('/account/consents', 'write', { item: 'account_email' }),
  form('/account/sessions', 'write', { others: '1' }),
  form('/account/withdrawal', 'write'),
  {
    name: 'GET /login/callback',
    file: 'login/callback/route.ts',
    needs: 'write',
    ask: async ({ visitor, person }) => visitor.send(await visitor.agree(await visitor.begin(), person.id)),
  },
  {
    name: 'POST /api/auth/kakao',
    file: 'api/auth/kakao/route.ts',
    needs: 'write',
    ask: async ({ stack, kakao, person }) => {
      const { access_token } = await kakao.tokens(person.id);
      return signInWith(stack, `Bearer ${access_token}`);
    },
  },
  api(nextAuth, 'GET /api/auth/session', 'read'),
  { name: 'POST /api/auth/signout', file: nextAuth, needs: 'write', ask: nextAuthSignOut },
  api('api/[...missing]/route.ts', 'GET /api/nowhere', 'nothing'),
  api('theme.css/route.ts', 'GET /theme.css', 'nothing'),
  api('api/openapi.json/route.ts', 'GET /api/openapi.json', 'nothing'),
  operator('/api/metrics', 'METRICS_TOKEN', 'nothing'),
  operator('/api/cron', 'CRON_SECRET', 'write'),
  api('api/health/live/route.ts', 'GET /api/health/live', 'nothing'),
  api('api/health/ready/route.ts', 'GET /api/health/ready', 'read'),
  api('api/me/route.ts', 'GET /api/me', 'read'),
  api('api/me/route.ts', 'DELETE /api/me', 'write'),
  {
    name: 'GET /api/me/export',
    file: 'api/me/export/route.ts',
    needs: 'write',
    ask: ({ visitor }) => visitor.send('/api/me/export', { headers: { 'sec-fetch-site': 'same-origin' } }),
  },
  api('api/sessions/route.ts', 'GET /api/sessions', 'read'),
  api('api/sessions/route.ts', 'DELETE /api/sessions?others=1', 'write'),
  api('api/sessions/[id]/route.ts', 'DELETE /api/sessions/nothing', 'write'),
  { name: 'an unlink notice', file: 'api/webhooks/kakao/unlink/route.ts', needs: 'write', ask: unlinkNotice },
  {
    name: 'a security event',
    file: 'api/webhooks/kakao/account-state/route.ts',
    needs: 'write',
    ask: securityEvent,
  },
];

/** An answer while the database cannot be used: an error by its name, a page for people, and when to try again. */
export function expectUnavailable({ name }: Endpoint, { status, headers, text }: Asked): void {
  if (name === 'GET /login/callback') {
    expect([name, status]).toEqual([name, 303]);
    expect(headers.location).toBe('/login?error=unexpected');
    return;
  }
  expect([name, status]).toEqual([name, 503]);
  if (name === 'GET /api/health/ready') return;
  expect(Number(headers['retry-after']), name).toBeGreaterThan(0);
  if (headers['content-type']?.startsWith('text/html')) expect(text, name).toMatch(/<h1|<title/);
  else expect(JSON.parse(text), name).toMatchObject({ message: 'UNAVAILABLE', status: 503 });
}

/** An answer as on any other day, whatever it is: nothing has failed. */
export function expectUsual({ name }: Endpoint, { status, headers }: Asked): void {
  expect(status, name).toBeLessThan(500);
  expect(headers.location ?? '', name).not.toContain('error=');
}
