import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  type AppChanges,
  controlClient,
  type FaultSent,
  type TokenOrder,
  type UserChanges,
} from '@/emulator/src/client';
import { type Emulator, startEmulator } from '@/emulator/src/index';
import { createFlowSecrets, type FlowSecrets, readCallback, type ValidatedCode } from '@/lib/kakao/authorize';
import type { KakaoConfig } from '@/lib/kakao/config';

/** The first app of the local Kakao, and some of the people in it. */
export const app = {
  clientId: '1d0ca1a11ec0ffee5eed0000cafe0001',
  clientSecret: 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ',
  appId: '1234567',
  adminKey: '1d0ca1ad5eed0000ad0000000000ad01',
};
export const otherClientId = '1d0ca1a11ec0ffee5eed0000cafe0002';
export const people = {
  plain: '3900000001',
  another: '3900000002',
  declinesEmail: '3900000005',
  unverified: '3900000006',
  masked: '3900000007',
  namelessByChoice: '3900000008',
  rounded: '9007199254740992',
  exact: '9007199254740993',
  child: '3900000012',
  dormant: '3900000013',
  emoji: '3900000015',
  long: '3900000017',
  control: '3900000018',
};

/** The configuration of the first app at the Kakao of this origin. */
export function kakaoConfig(kakaoOrigin: string, changes: Partial<KakaoConfig> = {}): KakaoConfig {
  return {
    ...app,
    redirectUri: 'http://localhost:3000/login/callback',
    scope: undefined,
    authOrigin: kakaoOrigin,
    authServerOrigin: kakaoOrigin,
    apiOrigin: kakaoOrigin,
    issuer: kakaoOrigin,
    ...changes,
  };
}

/** A local Kakao on a free port, as at its start before each test. */
export function withLocalKakao() {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
    // Its second key is made when it is first asked for, which a busy machine may take seconds for.
    await fetch(`${emulator.url}/.well-known/jwks.json`);
  });
  beforeEach(() => emulator.reset());
  afterAll(() => emulator.close());
  const control = () => controlClient(emulator.url);
  const tokens = (userId: string, order: Omit<TokenOrder, 'userId'> = {}) =>
    control().tokens.mint({ userId, ...order });
  return {
    config: (changes: Partial<KakaoConfig> = {}) => kakaoConfig(emulator.url, changes),
    fault: (endpoint: string, fault: FaultSent) => control().faults.add(endpoint, fault),
    patchApp: (changes: AppChanges) => control().apps.change(app.clientId, changes),
    patchUser: (id: string, changes: UserChanges) => control().users.change(id, changes),
    /** New accounts with these ids. */
    addPeople: (ids: readonly string[]) => Promise.all(ids.map((id) => control().users.add({ id }))),
    /** Moves the clock of Kakao. */
    advance: (seconds: number) => control().clock.advance(seconds),
    rotateKeys: () => control().keys.rotate(),
    /** An access token as a mobile SDK would hold it. */
    accessToken: async (userId: string, order: Omit<TokenOrder, 'userId'> = {}): Promise<string> =>
      (await tokens(userId, order)).access_token,
    /** The ID token that comes with it. */
    idToken: async (userId: string): Promise<string> => (await tokens(userId)).id_token ?? '',
    /** What was asked at this path since the last reset. */
    requests: (path: string) => control().requests.list({ path }),
    approve,
  };
}

export type LocalKakao = ReturnType<typeof withLocalKakao>;

/** Opens Kakao's authorize page as this person and presses a button; the query of the way back. */
export async function approve(
  location: string,
  userId: string,
  decision: 'agree_all' | 'cancel' = 'agree_all',
): Promise<URLSearchParams> {
  const body = new URLSearchParams({ user: userId, decision });
  const response = await fetch(location, { method: 'POST', body, redirect: 'manual' });
  const back = response.headers.get('location');
  if (!back) throw new Error(`the local Kakao did not send the browser back: HTTP ${response.status}`);
  return new URL(back).searchParams;
}

/** A code whose callback was validated, and the secrets of its flow. */
export async function validatedCode(
  config: KakaoConfig,
  flow: FlowSecrets = createFlowSecrets(),
  code = 'a-code',
): Promise<{ code: ValidatedCode; flow: FlowSecrets }> {
  const { state } = flow;
  return { code: readCallback(config, new URLSearchParams({ code, state }), state), flow };
}

/** A deadline far enough away. */
export const soon = () => Date.now() + 5_000;
