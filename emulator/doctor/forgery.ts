import type { Person } from './kakao.ts';
import type { Patient } from './patient.ts';

/** The number of characters in which two texts differ. */
export function differences(one: string, other: string): number {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  return [...long].filter((character, at) => character !== short[at]).length;
}

/** Another text of the same length: its middle character changed. */
export function altered(text: string): string {
  const middle = text.length >> 1;
  return `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
}

type Forgery = [how: string, value: string];

/** Forged variants of Ada's cookie: rewritten for Ben, with the claims of Ben's own cookie, and one that is just broken. */
export function forgeries(value: string, bens: string, { ada, ben }: Patient): Forgery[] {
  const at = value.lastIndexOf('.') + 1;
  const broken = value.slice(0, at) + altered(value.slice(at));
  return [
    ...rewrittenForBen(value, (text) => swapped(text, ada, ben)),
    ...forgedTokens(value, bens),
    ['with one character changed', broken],
  ];
}

/** Ada's data replaced by Ben's, where the cookie holds it in clear or in base64. */
function rewrittenForBen(value: string, swap: (text: string) => string): Forgery[] {
  const how = 'made out to Ben';
  if (swap(value) !== value) return [[how, swap(value)]];
  const decoded = Buffer.from(percentDecoded(value), 'base64').toString();
  return swap(decoded) === decoded ? [] : [[how, Buffer.from(swap(decoded)).toString('base64')]];
}

/** For a signed token: Ben's claims without a signature, and under Ada's. */
function forgedTokens(value: string, bens: string): Forgery[] {
  const [header, , signature] = value.split('.');
  const claims = bens.split('.')[1];
  if (!header || !signature || !claims) return [];
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return [
    ['with Ben’s claims and alg none', `${none}.${claims}.`],
    ['with Ben’s claims under Ada’s signature', `${header}.${claims}.${signature}`],
  ];
}

/** The text with one person's id, nickname and e-mail replaced by the other's. */
function swapped(text: string, one: Person, other: Person): string {
  const pairs = [
    [one.id, other.id],
    [one.nickname, other.nickname],
    [one.email, other.email],
  ];
  return pairs.reduce((changed, [from, to]) => (from && to ? changed.replaceAll(from, to) : changed), text);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
