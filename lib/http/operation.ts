import { z } from 'zod';
import type { ProblemCode } from './problem';

// What is said of an operation of the JSON API, and the words for it.

/** Who may ask: several are alternatives, none means everybody. */
export type Caller =
  | 'sessionCookie'
  | 'sessionToken'
  | 'kakaoToken'
  | 'adminKey'
  | 'cronSecret'
  | 'metricsToken';

export interface Answer {
  readonly status: number;
  readonly says: string;
  /** By media type; none: the answer is empty. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
}

export interface Operation {
  readonly summary: string;
  readonly callers?: readonly Caller[];
  readonly query?: Readonly<Record<string, { readonly schema: z.ZodType; readonly required?: boolean }>>;
  readonly body?: Readonly<Record<string, z.ZodType>>;
  readonly answers: readonly Answer[];
  readonly problems?: readonly ProblemCode[];
}

type Method = 'get' | 'post' | 'delete';
export type Operations = Readonly<Record<string, Partial<Readonly<Record<Method, Operation>>>>>;

export const json = (schema: z.ZodType) => ({ 'application/json': schema });
/** 200, with JSON of this shape or nothing. */
export const ok = (says: string, schema?: z.ZodType): Answer => ({
  status: 200,
  says,
  ...(schema && { content: json(schema) }),
});
export const done: Answer = { status: 204, says: 'Done.' };
export const seeOther = (says: string): Answer => ({ status: 303, says });
export const text = z.string();
/** Whoever is signed in, by either. */
export const person = ['sessionCookie', 'sessionToken'] as const;
