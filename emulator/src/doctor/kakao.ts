import { randomBytes } from 'node:crypto';
import { DoctorError } from './error.ts';
import { type Answer, send } from './http.ts';

/** A Kakao Account of doctor's own. */
export interface Person {
  readonly id: string;
  readonly nickname: string | null;
  readonly email: string | null;
}

/** What Kakao answers to a login. */
interface KakaoTokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token?: string;
}

/** An app as the console shows it. */
export interface ConsoleApp {
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly adminKey: string;
  readonly redirectUris: readonly string[];
  readonly oidc: boolean;
}

/** The control API of a local Kakao at `url`, which may be a namespace of it. */
export interface Kakao {
  readonly url: string;
  readonly apps: () => Promise<readonly ConsoleApp[]>;
  readonly patchApp: (clientId: string, changes: object) => Promise<void>;
  /** A new person with a name that nobody has. */
  readonly person: (name: string, differences?: object) => Promise<Person>;
  readonly patchPerson: (person: Person, changes: object) => Promise<void>;
  readonly tokens: (person: Person, clientId: string) => Promise<KakaoTokens>;
  /** Something goes wrong at an endpoint while the work is done. */
  readonly during: <T>(endpoint: string, effect: object, work: () => Promise<T>) => Promise<T>;
  /** How many requests an endpoint has had while the work was done. */
  readonly counting: <T>(endpoint: string, work: () => Promise<T>) => Promise<{ result: T; count: number }>;
  readonly call: (method: string, path: string, body?: object) => Promise<Answer>;
}

/** Talks to the control API at `<url>/__emulator/v1`; rejects with `DoctorError` when it refuses. */
export function kakaoAt(url: string): Kakao {
  const call = (method: string, path: string, body?: object) => control(url, method, path, body);
  return {
    url,
    call,
    apps: async () => JSON.parse((await call('GET', '/apps')).text).apps,
    patchApp: async (clientId, changes) => void (await call('PATCH', `/apps/${clientId}`, changes)),
    person: async (name, differences = {}) => newPerson(call, name, differences),
    patchPerson: async ({ id }, changes) => void (await call('PATCH', `/users/${id}`, changes)),
    tokens: async ({ id }, clientId) =>
      JSON.parse((await call('POST', '/tokens', { userId: id, clientId })).text),
    during: async (endpoint, effect, work) => {
      await call('POST', '/faults', { endpoint, always: true, ...effect });
      try {
        return await work();
      } finally {
        await call('DELETE', '/faults');
      }
    },
    counting: async (endpoint, work) => {
      const before = await lastId(call, endpoint);
      const result = await work();
      return { result, count: (await idsOf(call, endpoint)).filter((id) => id > before).length };
    },
  };
}

type Call = (method: string, path: string, body?: object) => Promise<Answer>;

async function newPerson(call: Call, name: string, differences: object): Promise<Person> {
  const tail = randomBytes(3).toString('hex');
  const id = String(5_000_000_000_000 + Number.parseInt(randomBytes(5).toString('hex'), 16));
  const person = { id, nickname: `${name}${tail}`, email: `${name}.${tail}@example.com`.toLowerCase() };
  const made = await call('POST', '/users', { ...person, ...differences });
  return { ...person, ...JSON.parse(made.text) };
}

async function idsOf(call: Call, endpoint: string): Promise<number[]> {
  const { text } = await call('GET', `/requests?path=${encodeURIComponent(endpoint)}`);
  const { requests } = JSON.parse(text) as { requests: { id: number }[] };
  return requests.map(({ id }) => id);
}

async function lastId(call: Call, endpoint: string): Promise<number> {
  return Math.max(0, ...(await idsOf(call, endpoint)));
}

async function control(url: string, method: string, path: string, body?: object): Promise<Answer> {
  const answer = await send(`${url}/__emulator/v1${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  if (answer.failure) throw new DoctorError(`no local Kakao answers at ${url}: ${answer.failure}`);
  if (answer.status >= 300)
    throw new DoctorError(
      `the local Kakao at ${url} refused ${method} ${path}: ${answer.text.slice(0, 300)}`,
    );
  return answer;
}
