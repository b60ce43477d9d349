import { vi } from 'vitest';
import { env } from '@/lib/server/env';

/** Gives this test file its environment: `lib/env.ts` reads it once, here. */
export function stubEnvironment(values: Readonly<Record<string, string>> = {}): void {
  const usable = {
    NODE_ENV: 'test',
    NEXTAUTH_URL: 'http://localhost:3000',
    NEXTAUTH_SECRET: 'a-secret-for-tests-of-at-least-32-bytes',
    KAKAO_CLIENT_ID: 'rest-api-key',
    LOG_LEVEL: 'silent',
    ...values,
  };
  for (const [name, value] of Object.entries(usable)) vi.stubEnv(name, value);
  env();
}
