import type { Patient } from './patient.ts';
import { altered } from './text-difference.ts';

/** The same cookie with its signature spoilt, as an unsigned token of Ben's, and with Ben's id in place of Ada's. */
export function forgeries(value: string, bens: string, { ada, ben }: Patient): [string, string][] {
  const at = value.lastIndexOf('.') + 1;
  const spoilt: [string, string] = [
    'with one character changed',
    value.slice(0, at) + altered(value.slice(at)),
  ];
  const [, payload, signature] = bens.split('.');
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const unsigned: [string, string][] =
    payload && signature ? [['as a token of Ben’s with alg none', `${header}.${payload}.`]] : [];
  const decoded = Buffer.from(
    decodeURIComponent(value.replace(/%(?![\da-f]{2})/gi, '%25')),
    'base64',
  ).toString();
  const swapped: [string, string][] = value.includes(ada.id)
    ? [['with Ben’s id in it', value.replaceAll(ada.id, ben.id)]]
    : decoded.includes(ada.id)
      ? [['with Ben’s id in it', Buffer.from(decoded.replaceAll(ada.id, ben.id)).toString('base64')]]
      : [];
  return [...swapped, ...unsigned, spoilt];
}
