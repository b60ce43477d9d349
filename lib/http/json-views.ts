import type { PersonalData } from '../account/export';
import type { User } from '../db/users';
import type { OwnSession } from '../login/sessions';

/** A user as the JSON API shows them. */
export function userJson(user: User) {
  const { id, kakaoId, nickname, profileImageUrl, email } = user;
  const createdAt = user.createdAt.toISOString();
  return {
    id,
    kakaoId,
    nickname,
    profileImageUrl,
    email,
    createdAt,
    lastLoginAt: user.lastLoginAt.toISOString(),
  };
}

/** A session as the JSON API shows it. */
export function sessionJson({ id, createdAt, lastSeenAt, expiresAt, current, userAgent, ip }: OwnSession) {
  return {
    id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current,
    userAgent,
    ip,
  };
}

/** A file to download. */
export interface DataFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

/** Personal data as one JSON document; times are RFC 3339. */
export function jsonFile(data: PersonalData): DataFile {
  return {
    name: fileName(data, 'json'),
    contentType: 'application/json',
    body: JSON.stringify(data, null, 2),
  };
}

/**
 * Personal data as a table of four columns (RFC 4180): part, number of the record in it, field, value. With a byte
 * order mark, without which Excel takes Korean for something else.
 */
export function csvFile(data: PersonalData): DataFile {
  const rows = Object.entries(data).flatMap(([part, value]) => partRows(part, value));
  const lines = [['part', 'record', 'field', 'value'], ...rows].map((row) => row.map(cell).join(','));
  return {
    name: fileName(data, 'csv'),
    contentType: 'text/csv; charset=utf-8',
    body: `\uFEFF${lines.join('\r\n')}\r\n`,
  };
}

function fileName({ exportedAt }: PersonalData, ending: string): string {
  return `kakao-login-${exportedAt.toISOString().slice(0, 10)}.${ending}`;
}

function partRows(part: string, value: unknown): string[][] {
  const records = Array.isArray(value) ? value : [value];
  return records.flatMap((record, at) =>
    fieldsOf(record).map(([field, content]) => [part, String(at + 1), field, asText(content)]),
  );
}

function fieldsOf(record: unknown): [field: string, content: unknown][] {
  const isRecord = typeof record === 'object' && record !== null && !(record instanceof Date);
  return isRecord ? Object.entries(record) : [['', record]];
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString() : String(value);
}

/**
 * Quoted; a value that a spreadsheet would run as a formula is defused by an apostrophe. Excel takes the full-width
 * signs of Korean and Japanese keyboards for the others, and skips what cannot be seen in front of them.
 */
function cell(value: string): string {
  const harmless = /^[\p{C}\p{Z}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
