import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  type AppChanges,
  type ControlClient,
  controlClient,
  type FaultSent,
  type TokenOrder,
} from '../src/client.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../src/index.ts';

export const first = {
  client_id: '1d0ca1a11ec0ffee5eed0000cafe0001',
  client_secret: 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ',
};
export const second = {
  client_id: '1d0ca1a11ec0ffee5eed0000cafe0002',
  client_secret: 'emu_secret_8sGx4WqTn6BvZy1KjRh0LpCd',
};
export const adminKey = '1d0ca1ad5eed0000ad0000000000ad01';
export const callback = 'http://localhost:3000/login/callback';
export const people = {
  plain: '3900000001',
  linked: '3900000002',
  noEmail: '3900000004',
  declinesEmail: '3900000005',
  unverified: '3900000006',
  masked: '3900000007',
  refuses: '3900000008',
  defaults: '3900000009',
  big: '9007199254740992',
  bigger: '9007199254740993',
  child: '3900000012',
  dormant: '3900000013',
  blocked: '3900000014',
  control: '3900000018',
};

/** A JSON answer; tests look into it freely. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

type Fields = Record<string, string>;

/** An emulator on a free port with a clock at `2026-03-02T04:11:52Z` that `wait` moves; reset before each test. */
export function useKakao(options: EmulatorOptions = {}) {
  let emulator: Emulator;
  let time = 0;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, clock: () => time, ...options });
  });
  beforeEach(() => {
    time = Date.parse('2026-03-02T04:11:52Z');
    emulator.reset();
  });
  afterAll(() => emulator.close());
  const url = (path: string) => `${emulator.url}${path}`;
  const client = () => controlClient(emulator.url);
  return {
    url,
    /** The published client of its control API. */
    get client() {
      return client();
    },
    emulator: () => emulator,
    seconds: () => Math.floor(time / 1000),
    wait: (seconds: number) => {
      time += seconds * 1000;
    },
    ...controlCalls(url, client),
    ...kauthCalls(url),
    ...kapiCalls(url),
  };
}

/** Sends a request without following redirects, and reads the answer. */
export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

/** The query of the address that a redirect leads to. */
export function redirectedTo(answer: Answer): URL {
  return new URL(answer.headers.get('location') ?? 'about:blank');
}

export function form(fields: Fields | [string, string][]): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields) };
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

export function payloadOf(idToken: unknown): Record<string, unknown> {
  return parse(Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString());
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function controlCalls(url: (path: string) => string, client: () => ControlClient) {
  return {
    /** The control API as it is on the wire, for tests of its answers; everything else goes through the client. */
    control: (method: string, path: string, body?: unknown) =>
      send(url(`/__emulator/v1/${path}`), {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    patchApp: (changes: AppChanges, clientId = first.client_id) => client().apps.change(clientId, changes),
    fault: (endpoint: string, fault: FaultSent) => client().faults.add(endpoint, fault),
    tokens: (userId: string, more: Omit<TokenOrder, 'userId'> = {}) =>
      client().tokens.mint({ userId, ...more }),
  };
}

function kauthCalls(url: (path: string) => string) {
  const authorizeUrl = (query: Fields = {}) => {
    const base = { client_id: first.client_id, redirect_uri: callback, response_type: 'code' };
    return url(`/oauth/authorize?${new URLSearchParams({ ...base, ...query })}`);
  };
  /** A code for this person, by pressing "agree" on the consent page. */
  const login = async (userId: string, query: Fields = {}) => {
    const pressed = form({ user: userId, decision: 'agree_all' });
    return redirectedTo(await send(authorizeUrl(query), pressed)).searchParams.get('code') ?? '';
  };
  const token = (fields: Fields, init: RequestInit = {}) =>
    send(url('/oauth/token'), { ...form(fields), ...init });
  const exchange = (code: string, changes: Fields = {}) =>
    token({ grant_type: 'authorization_code', redirect_uri: callback, code, ...first, ...changes });
  const refresh = (refreshToken: unknown, changes: Fields = {}) =>
    token({ grant_type: 'refresh_token', refresh_token: String(refreshToken), ...first, ...changes });
  return { authorizeUrl, login, token, exchange, refresh };
}

function kapiCalls(url: (path: string) => string) {
  const bearer = (token: unknown) => ({ headers: { authorization: `Bearer ${token}` } });
  return {
    bearer,
    me: (accessToken: unknown, query: Fields = {}) =>
      send(url(`/v2/user/me?${new URLSearchParams(query)}`), bearer(accessToken)),
    api: (method: string, path: string, token: unknown, fields?: Fields) =>
      send(url(path), { method, ...bearer(token), ...(fields ? { body: new URLSearchParams(fields) } : {}) }),
    admin: (method: string, path: string, fields: Fields, key = adminKey) => {
      const headers = { authorization: `KakaoAK ${key}` };
      const query = new URLSearchParams(fields);
      return method === 'GET'
        ? send(url(`${path}?${query}`), { headers })
        : send(url(path), { method, headers, body: query });
    },
  };
}
