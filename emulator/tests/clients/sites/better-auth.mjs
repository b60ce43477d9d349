// better-auth with its own Kakao provider, as its documentation shows it; nothing is stored but in memory.
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import { key, serve } from './serve.mjs';

serve((origin) =>
  toNodeHandler(
    betterAuth({
      baseURL: origin,
      secret: 'a-secret-of-the-better-auth-site-32-bytes',
      database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
      socialProviders: { kakao: key },
      rateLimit: { enabled: false },
      telemetry: { enabled: false },
      logger: { disabled: true },
    }),
  ),
);
