import type { LoggedRequest } from '../world/request-log.ts';
import { isSecret, isSecretHeader } from './masked-view.ts';

/** A piece of a shell word: text as it is, or the name of a variable. */
type Piece = string | { readonly variable: string };

/** Headers that curl sends by itself, or that make no difference. */
const kept = new Set(['authorization', 'content-type', 'cookie', 'accept-language', 'origin']);
const formType = 'application/x-www-form-urlencoded';

/**
 * The request as a curl command for a POSIX shell. Secrets are variables, such as `$CODE`, unless `withSecrets`;
 * `origin` is where this Kakao is.
 */
export function curlCommand(entry: LoggedRequest, origin: string, withSecrets = false): string {
  const value = (name: string, it: string): Piece =>
    isSecret(name) && !withSecrets ? { variable: variableOf(name) } : it;
  const words = [
    `curl -i${entry.method === 'GET' ? '' : ` -X ${entry.method}`} ${word(addressPieces(entry, origin, value))}`,
    ...headerPieces(entry, withSecrets).map((pieces) => `-H ${word(pieces)}`),
    ...[...entry.form].map(([name, it]) => `--data-urlencode ${word([`${name}=`, value(name, it)])}`),
    ...(entry.body === '' ? [] : [`--data-binary ${word([entry.body])}`]),
  ];
  return words.join(' \\\n  ');
}

function addressPieces(
  { path, query }: LoggedRequest,
  origin: string,
  value: (name: string, it: string) => Piece,
): Piece[] {
  const pairs = [...query].flatMap(([name, it], at): Piece[] => {
    const piece = value(name, it);
    const shown = typeof piece === 'string' ? encodeURIComponent(piece) : piece;
    return [`${at === 0 ? '?' : '&'}${encodeURIComponent(name)}=`, shown];
  });
  return [`${origin}${path}`, ...pairs];
}

function headerPieces({ headers, form }: LoggedRequest, withSecrets: boolean): Piece[][] {
  const sent = Object.entries(headers).filter(([name]) => kept.has(name));
  return sent
    .filter(
      ([name, value]) => name !== 'content-type' || form.size === 0 || !String(value).startsWith(formType),
    )
    .map(([name, value]) => [`${name}: `, ...headerValue(name, String(value), withSecrets)]);
}

function headerValue(name: string, value: string, withSecrets: boolean): Piece[] {
  if (withSecrets || !isSecretHeader(name)) return [value];
  const scheme = name === 'authorization' ? (/^(Bearer|KakaoAK|Basic) /.exec(value)?.[0] ?? '') : '';
  const variable =
    { 'Bearer ': 'ACCESS_TOKEN', 'KakaoAK ': 'ADMIN_KEY', 'Basic ': 'BASIC_CREDENTIALS' }[scheme] ??
    variableOf(name);
  return [scheme, { variable }];
}

function variableOf(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_');
}

/** Single quotes keep everything as it is; double quotes are needed for variables. */
function word(pieces: readonly Piece[]): string {
  if (pieces.every((piece) => typeof piece === 'string'))
    return `'${pieces.join('').replaceAll("'", "'\\''")}'`;
  const inside = pieces.map((piece) =>
    typeof piece === 'string' ? piece.replace(/[\\"$`]/g, '\\$&') : `$${piece.variable}`,
  );
  return `"${inside.join('')}"`;
}
