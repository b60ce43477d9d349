import { z } from 'zod';
import { databaseUrlProblem } from '../db/database-url';
import { isUnspecifiedAddress } from './hosts';

// The forms that several variables of the environment share. A message follows the name of its variable.

/** An origin such as `https://example.com`, as browsers write it: lower case, no default port. */
export const origin = z
  .string()
  .refine((value) => /^https?:\/\/[^\s/?#\\@]+\/?$/i.test(value) && URL.canParse(value), {
    message: 'must be an origin such as https://example.com, without a path',
    abort: true,
  })
  .refine((value) => !isUnspecifiedAddress(value), {
    message: 'must be an address that can be opened: 0.0.0.0 is only for HOSTNAME',
  })
  .transform((value) => new URL(value).origin);

/** Some origins, separated by commas. */
export const origins = z
  .string()
  .transform((value) => value.split(',').flatMap((one) => one.trim() || []))
  .refine((all) => all.every((one) => origin.safeParse(one).data === one && !one.includes('*')), {
    message: 'must be origins such as https://app.example.com, separated by commas',
  });

export const databaseUrl = z.string().superRefine((value, context) => {
  const message = databaseUrlProblem(value);
  if (message) context.addIssue({ code: 'custom', message });
});

export const poolSize = z
  .string()
  .regex(/^([1-9]\d?|[1-4]\d\d|500)$/, { message: 'must be a number of connections from 1 to 500' })
  .transform(Number);

export const hops = z
  .string()
  .regex(/^\d{1,2}$/, { message: 'must be a whole number of proxies' })
  .transform(Number);

const portMessage = 'must be a number from 1 to 65535, such as 3000';
export const port = z
  .string()
  .regex(/^\d{1,5}$/, { message: portMessage })
  .transform(Number)
  .refine((value) => value > 0 && value < 65_536, { message: portMessage });

export const secrets = z
  .string({ error: 'is missing: npm run setup makes one for development' })
  .transform((value) => value.split(',').map((secret) => secret.trim()))
  .refine((all) => all.every((secret) => Buffer.byteLength(secret) >= 32), {
    message: 'needs at least 32 bytes in each of its comma-separated secrets',
  })
  .refine((all) => all.every((secret) => new Set(secret).size >= 8), {
    message: 'needs at least 8 different characters in each of its comma-separated secrets',
  })
  .refine((all) => !all.some(isQuoted), { message: 'has a secret in quotes: take them off' });

/** What a program of the operator sends behind `Bearer`: RFC 6750 `b64token`. */
export const bearerToken = z
  .string()
  .regex(/^[\w.~+/-]+=*$/, { message: 'must be letters, digits and - . _ ~ + / alone', abort: true })
  .refine((value) => value.length >= 16 && value.length <= 512, { message: 'must have 16 to 512 characters' })
  .refine((value) => new Set(value).size >= 8, { message: 'needs at least 8 different characters' })
  .optional();

export const appId = z.string().regex(/^[1-9]\d{0,18}$/, { message: 'must be the numeric app id' });

export const adminKey = z.string().regex(/^[\w-]{1,128}$/, { message: 'must be an admin key' });

export const scope = z
  .string()
  .optional()
  .transform(
    (value) =>
      value
        ?.split(/[\s,]+/)
        .filter(Boolean)
        .join(' ') || undefined,
  )
  .refine((value) => value === undefined || /^[a-z_ ]+$/.test(value), {
    message: 'must be consent item ids separated by spaces or commas',
  });

export const onOff = z.enum(['0', '1'], { error: 'must be 1 or unset' }).optional();

export const days = z
  .string()
  .regex(/^([1-9]\d?|[12]\d\d|3[0-5]\d|36[0-5])$/, { message: 'must be a number of days from 1 to 365' })
  .transform(Number)
  .optional();

/** Values that came over with what a file or a shell puts around or into them; no rule below would say so. */
export function unreadable(given: Readonly<Record<string, string>>): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (isQuoted(value)) return [`${name} is in quotes: take them off`];
    const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value);
    return invisible ? [`${name} has a line break or another invisible character in it`] : [];
  });
}

function isQuoted(value: string): boolean {
  return /^(".*"|'.*'|`.*`|“.*”|‘.*’)$/su.test(value);
}

/** A text over and over, characters in a row, or one that asks to be replaced. */
export function isTrivial(secret: string): boolean {
  const isRow = [...secret].every(
    (char, at, all) => at === 0 || Math.abs(char.charCodeAt(0) - (all[at - 1] ?? '').charCodeAt(0)) <= 1,
  );
  return (
    isRow || /^(.+?)\1+$/s.test(secret) || /(change|replace)[-_ ]?(me|this)|your[-_ ]?secret/i.test(secret)
  );
}
