import { z } from 'zod';

// The shapes of everything that the JSON API answers. The functions that make the answers have these types, and
// /api/openapi.json shows them. Times are RFC 3339.

const time = z.iso.datetime();

export const userAnswer = z
  .object({
    id: z.string(),
    kakaoId: z.string().regex(/^[1-9]\d{0,18}$/),
    nickname: z.string().nullable(),
    profileImageUrl: z.url().nullable(),
    email: z.string().nullable(),
    createdAt: time,
    lastLoginAt: time,
  })
  .describe('A user. `kakaoId` is text: it can be larger than a JavaScript number holds.');

export type UserAnswer = z.infer<typeof userAnswer>;

export const signedInAnswer = z
  .object({
    message: z.literal('SUCCESS'),
    access_token: z.string(),
    token_type: z.literal('bearer'),
    expires_in: z.int().positive(),
    is_new_user: z.boolean(),
    user: userAnswer,
  })
  .describe('A session that has begun. `access_token` is ours, a JWT; `expires_in` in seconds.');

const sessionAnswer = z
  .object({
    id: z.string(),
    createdAt: time,
    lastSeenAt: time,
    expiresAt: time,
    current: z.boolean(),
    userAgent: z.string().nullable(),
    ip: z.string().nullable(),
  })
  .describe('Where a person is signed in. `ip` is a network; `current` the session that asks.');

export type SessionAnswer = z.infer<typeof sessionAnswer>;

export const sessionsAnswer = z.array(sessionAnswer);

export type SignedInAnswer = z.infer<typeof signedInAnswer>;

const consentItem = z.object({
  id: z.string(),
  name: z.string(),
  agreed: z.boolean(),
  using: z.boolean(),
  revocable: z.boolean(),
});

export const exportAnswer = z
  .object({
    exportedAt: time,
    service: z.url(),
    user: userAnswer.extend({
      blockedAt: time.nullable(),
      disabledAt: time.nullable(),
      stateChangedAt: time.nullable(),
      profileFetchedAt: time.nullable(),
    }),
    sessions: z.array(
      z.object({
        createdAt: time,
        lastSeenAt: time,
        expiresAt: time,
        revokedAt: time.nullable(),
        revokedReason: z.string().nullable(),
        userAgent: z.string().nullable(),
        ip: z.string().nullable(),
        interactive: z.boolean().nullable(),
      }),
    ),
    securityEvents: z.array(
      z.object({
        at: time,
        kind: z.string(),
        detail: z.string().nullable(),
        effect: z.string().nullable(),
        device: z.string().nullable(),
        ip: z.string().nullable(),
      }),
    ),
    kakaoToken: z.object({ accessExpiresAt: time, refreshExpiresAt: time, updatedAt: time }).nullable(),
    webhookEvents: z.array(
      z.object({
        channel: z.string(),
        type: z.string(),
        reason: z.string().nullable(),
        kakaoId: z.string().nullable(),
        occurredAt: time,
        receivedAt: time,
        settledAt: time.nullable(),
        outcome: z.string().nullable(),
      }),
    ),
    consents: z.array(consentItem).nullable(),
  })
  .describe('Everything that is held about a person. `consents` is null while Kakao does not answer.');

export const nextAuthSessionAnswer = z
  .object({
    user: z.object({
      id: z.string(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      image: z.string().nullable(),
    }),
    expires: time,
  })
  .describe('A session as next-auth shows it.');

export type NextAuthSessionAnswer = z.infer<typeof nextAuthSessionAnswer>;

export const signedOutAnswer = z.strictObject({}).describe('Nobody is signed in.');

export const csrfAnswer = z.object({ csrfToken: z.string().regex(/^[0-9a-f]{64}$/) });

export const addressAnswer = z.object({ url: z.url() });

export const cronAnswer = z
  .object({
    settledEvents: z.int().min(0),
    unlinks: z.object({
      unlinked: z.int().min(0),
      cancelled: z.int().min(0),
      failed: z.int().min(0),
    }),
    purgedRows: z.int().min(0),
    resealedTokens: z.int().min(0),
  })
  .describe('What this run of the background work has done.');

export type CronAnswer = z.infer<typeof cronAnswer>;

export const healthyAnswer = z.object({ status: z.literal('ok') });

export const unreadyAnswer = z.object({
  status: z.literal('unavailable'),
  reason: z.enum(['database', 'draining']),
});

export const eventRefusalAnswer = z
  .object({ err: z.string(), description: z.string() })
  .describe('Why a security event token is refused (RFC 8935 2.4).');

export const problemAnswer = z
  .object({
    message: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
  })
  .describe('A refusal (RFC 9457). `message` is the stable code; `detail` says what to do, and may change.');
