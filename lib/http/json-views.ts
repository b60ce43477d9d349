import type { PersonalData } from '../account/export';
import type { User } from '../db/users';
import type { OwnSession } from '../login/sessions';
import type { SessionAnswer, UserAnswer } from './answers';

/** A user as the JSON API shows them. */
export function userJson(user: User): UserAnswer {
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
export function sessionJson({
  id,
  createdAt,
  lastSeenAt,
  expiresAt,
  current,
  userAgent,
  ip,
}: OwnSession): SessionAnswer {
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
  readonly contentType: string;
  readonly body: string;
}

/** Personal data as one JSON document; times are RFC 3339. */
export function jsonFile(data: PersonalData): DataFile {
  return {
    contentType: 'application/json',
    body: JSON.stringify(data, null, 2),
  };
}

/**
 * Personal data as one table (RFC 4180): a row for each record, the part that it belongs to in the first column, then a
 * column for each field that any record has, empty where this one has none. The first row is the export itself. A part
 * that is not known (`null`) is a row without fields. With a byte order mark, without which Excel takes Korean for something
 * else.
 */
export function csvFile(data: PersonalData): DataFile {
  const records = recordsOf(data);
  const columns = [...new Set(records.flatMap(({ fields }) => [...fields.keys()]))];
  const rows = records.map(({ part, fields }) => [part, ...columns.map((name) => asText(fields.get(name)))]);
  const lines = [['part', ...columns], ...rows].map((row) => row.map(cell).join(','));
  return {
    contentType: 'text/csv; charset=utf-8',
    body: `\uFEFF${lines.join('\r\n')}\r\n`,
  };
}

/**
 * What a download is called: the English name of the service and the day in its zone, such as
 * `login-starter-2026-11-24.json`. Only what every system takes in the name of a file.
 */
export function downloadName(
  { exportedAt }: Pick<PersonalData, 'exportedAt'>,
  {
    service,
    timeZone,
    ending,
  }: { readonly service: string; readonly timeZone: string; readonly ending: string },
): string {
  const name =
    service
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '-')
      .replace(/^-|-$/g, '') || 'my-data';
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(exportedAt);
  return `${name}-${day}.${ending}`;
}

/** A record of a part, such as one of the sessions. */
interface DataRecord {
  readonly part: string;
  readonly fields: ReadonlyMap<string, unknown>;
}

function recordsOf({ exportedAt, service, ...parts }: PersonalData): DataRecord[] {
  const records = Object.entries(parts).flatMap(([part, value]) =>
    [value].flat().map((record): DataRecord => ({ part, fields: new Map(Object.entries(record ?? {})) })),
  );
  return [{ part: 'export', fields: new Map(Object.entries({ exportedAt, service })) }, ...records];
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString() : String(value);
}

/**
 * Quoted; a value that a spreadsheet would run as a formula is defused by an apostrophe. Excel takes the full-width
 * signs of Korean and Japanese keyboards for the others, and skips what cannot be seen in front of them. So is a number of
 * more than 15 digits, the rest of which it would replace by zeros.
 */
function cell(value: string): string {
  const isFormula = /^[\p{C}\p{Z}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value);
  const harmless = isFormula || /^\d{16,}$/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
