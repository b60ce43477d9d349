import { type Json, toJson, writeJson } from '../json.ts';
import type { Bilingual } from '../world/consent-items.ts';
import type { LoggedRequest } from '../world/request-log.ts';

export type Pair = readonly [name: string, value: string];

/** A logged request as it may be shown: secrets are masked unless the reader wants them. */
export interface RequestView {
  readonly entry: LoggedRequest;
  readonly verdict: Bilingual | null;
  readonly query: readonly Pair[];
  readonly form: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly body: string;
  readonly answerHeaders: readonly Pair[];
  /** JSON text, or other text. */
  readonly answerBody: string;
}

/** The view of a logged request; `withSecrets` masks nothing. */
export function viewOf(entry: LoggedRequest, withSecrets = false): RequestView {
  const text = (it: string) => (withSecrets ? it : maskText(it));
  const shown = (pairs: Iterable<Pair>, masked: typeof maskedHeader): Pair[] =>
    [...pairs].map(([name, value]) => [name, withSecrets ? value : masked(name, value)]);
  const { answer, headers, verdict } = entry;
  const sentHeaders = Object.entries(headers).map(([name, value]): Pair => [name, String(value)]);
  return {
    entry,
    verdict: verdict && { en: text(verdict.en), ko: text(verdict.ko) },
    query: shown(entry.query, maskedParameter),
    form: shown(entry.form, maskedParameter),
    headers: shown(sentHeaders, maskedHeader),
    body: text(entry.body),
    answerHeaders: shown(Object.entries(answer?.headers ?? {}), maskedHeader),
    answerBody: text(answer?.json === undefined ? (answer?.text ?? '') : jsonText(answer.json, withSecrets)),
  };
}

function jsonText(json: Json, withSecrets: boolean): string {
  return writeJson(withSecrets ? json : maskedJson(json));
}

/** Parameters whose values say nothing secret; every other one is masked. */
const plain = new Set(
  'client_id grant_type redirect_uri logout_redirect_uri response_type scope prompt login_hint code_challenge_method target_id_type target_id secure_resource property_keys scopes tags service_terms user item decision choice error error_description'.split(
    ' ',
  ),
);

const secretHeader = /authorization|cookie|token|secret|api-?key/;

/** Members of JSON answers that are secrets, or have the admin key in them. */
const secretMembers = new Set(['access_token', 'refresh_token', 'id_token', 'before_url', 'after_url']);

/** What all codes, tokens and secrets of the emulator look like, and JWTs. */
const secretLooks = /\bemu_[\w-]{8,}|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** Whether the value of this parameter is masked. */
export function isSecret(name: string): boolean {
  return !plain.has(name);
}

/** Whether the value of this header is masked. */
export function isSecretHeader(name: string): boolean {
  return secretHeader.test(name.toLowerCase());
}

/** The scheme of an `Authorization` header, or the first four characters, and the length. */
function mask(value: string): string {
  const shown = /^(Bearer|KakaoAK|Basic) /.exec(value)?.[0] ?? value.slice(0, value.length > 12 ? 4 : 0);
  return `${shown}… (${value.length})`;
}

/** A text with everything in it masked that looks like a secret. */
function maskText(text: string): string {
  return text.replace(secretLooks, mask);
}

/** The value of a parameter, masked where it has to be. */
function maskedParameter(name: string, value: string): string {
  return isSecret(name) ? mask(value) : maskText(value);
}

/** The value of a header, masked where it has to be. */
export function maskedHeader(name: string, value: string): string {
  if (name.toLowerCase() === 'location') return maskedAddress(value);
  return isSecretHeader(name) ? mask(value) : maskText(value);
}

/** A JSON answer with its tokens masked at any depth. */
function maskedJson(value: Json | undefined): Json {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskedJson);
  if (value === null || value === undefined || typeof value !== 'object') return value ?? null;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    secretMembers.has(name) && typeof member === 'string' ? mask(member) : maskedJson(toJson(member)),
  ]);
  return Object.fromEntries(members);
}

/** An address with the values in its query masked. */
function maskedAddress(address: string): string {
  const [base = '', query] = address.split('?', 2);
  if (query === undefined) return base;
  const pairs = [...new URLSearchParams(query)].map(([name, value]) =>
    isSecret(name) ? `${name}=${mask(value)}` : `${name}=${encodeURIComponent(value)}`,
  );
  return `${base}?${pairs.join('&')}`;
}
