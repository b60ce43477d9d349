import type { Answer } from './http.ts';

/** Something that must stay on the server, found in what a browser gets. The place is named without query. */
interface Leak {
  readonly what: string;
  readonly where: string;
}

/** Searches every answer of the app for leaks. */
export interface Leaks {
  readonly watchFor: (secret: string, what: string) => void;
  readonly look: (answer: Answer) => void;
  readonly of: (what: string) => readonly Leak[];
}

const MOST_SECRETS = 2_000;
const MOST_LEAKS = 200;

const stackTrace =
  /^\s+at .+\(?(?:file:\/\/)?\/?[^()\n]+:\d+:\d+\)?$|Traceback \(most recent call last\)|^\s+at [\w.$]+\([\w.]+\.java:\d+\)|goroutine \d+ \[running\]|\.rb:\d+:in [`']/m;

/** Without secrets and leaks at first; both lists are bounded. */
export function createLeaks(): Leaks {
  const secrets = new Map<string, string>();
  const leaks: Leak[] = [];
  const found = (what: string, where: string) => {
    const known = leaks.some((leak) => leak.what === what && leak.where === where);
    if (!known && leaks.length < MOST_LEAKS) leaks.push({ what, where });
  };
  return {
    watchFor: (secret, what) => {
      if (secret.length < 8) return;
      secrets.set(secret, what);
      const oldest = secrets.keys().next();
      if (secrets.size > MOST_SECRETS && !oldest.done) secrets.delete(oldest.value);
    },
    look: (answer) => {
      if (stackTrace.test(answer.text)) found('stack trace', placeOf(answer, 'the page'));
      for (const [place, text] of textsOf(answer)) {
        for (const [secret, what] of secrets) if (text.includes(secret)) found(what, placeOf(answer, place));
      }
    },
    of: (what) => leaks.filter((leak) => leak.what === what),
  };
}

/** Whether an answer shows a stack trace or a debug page. */
export function showsStackTrace({ text }: Answer): boolean {
  return stackTrace.test(text);
}

function textsOf({ text, headers, setCookies }: Answer): [string, string][] {
  return [
    ['the page', text],
    ['the address it redirects to', decoded(headers.location ?? '')],
    ...setCookies.map((line): [string, string] => ['the cookie', cookieText(line)]),
  ];
}

/** A cookie as sent, percent-decoded, and base64-decoded. */
function cookieText(line: string): string {
  const value = line.slice(line.indexOf('=') + 1).split(';')[0] ?? '';
  const parts = decoded(value).split('.');
  return [value, decoded(value), ...parts.map((part) => Buffer.from(part, 'base64').toString())].join('\n');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placeOf({ url }: Answer, place: string): string {
  return `${place} at ${URL.canParse(url) ? new URL(url).pathname : url}`;
}
