import { describe, expect, it } from 'vitest';
import { examineLive } from '@/lib/server/doctor-live';
import { readEnv } from '@/lib/server/env';
import { app, withLocalKakao } from '../../support/kakao';

const kakao = withLocalKakao();

async function clockSaid(offsetMs: number) {
  const { authOrigin } = kakao.config();
  const env = readEnv({
    NEXTAUTH_SECRET: 'a-secret-for-tests-of-at-least-32-bytes',
    KAKAO_CLIENT_ID: app.clientId,
    KAKAO_AUTH_ORIGIN: authOrigin,
    KAKAO_API_ORIGIN: authOrigin,
  });
  const findings = await examineLive(env, () => new Date(Date.now() + offsetMs));
  return findings.find(({ about }) => about === 'clock');
}

describe('the doctor compares clocks', () => {
  it.each([
    [0, 'fine'],
    [-1_000, 'fine'],
    [5_000, 'doubtful'],
    [-5_000, 'doubtful'],
    [60_000, 'wrong'],
    [-60_000, 'wrong'],
  ])('%i ms apart is %s', async (offset, kind) => {
    expect(await clockSaid(offset)).toMatchObject({ kind });
  });
});
