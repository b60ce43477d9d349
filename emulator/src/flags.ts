import { parseArgs } from 'node:util';
import type { EmulatorOptions } from './index.ts';

export const usage = `Usage: kakao-emulator [options]

  --port N            port, 0 for any free one (default 4000)
  --host ADDRESS      address to listen on (default 127.0.0.1, and [::1] beside it)
  --allow-remote      allow an address that other machines can reach
  --public-url URL    origin of this Kakao as its clients see it (default http://localhost:PORT)
  --redirect-uri URI  one more redirect URI of the first app; may be repeated
  --pictures local    profile pictures drawn by the emulator instead of addresses like Kakao's
  --token-rate-limit  KOE237 after 20 access tokens in 10 minutes for one user, as at Kakao
  --force             start although NODE_ENV is production
  --help              this text
`;

/** What the command line asked for, or why it cannot be followed. */
export type Flags =
  | { readonly kind: 'start'; readonly options: EmulatorOptions; readonly force: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Reads the command line, without the name of the program. */
export function readFlags(args: readonly string[]): Flags {
  try {
    return flagsOf(parse(args));
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: 'string', default: '4000' },
      host: { type: 'string', default: '127.0.0.1' },
      'allow-remote': { type: 'boolean', default: false },
      'public-url': { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true, default: [] },
      pictures: { type: 'string', default: 'cdn' },
      'token-rate-limit': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function flagsOf(values: ReturnType<typeof parse>): Flags {
  if (values.help) return { kind: 'help' };
  const { pictures, 'public-url': publicUrl, 'redirect-uri': redirectUris } = values;
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    return wrong(`--port ${values.port} is no port`);
  if (pictures !== 'cdn' && pictures !== 'local')
    return wrong(`--pictures must be cdn or local, not ${pictures}`);
  if (publicUrl !== undefined && !isWebUrl(publicUrl))
    return wrong(`--public-url ${publicUrl} is no http(s) URL`);
  const bad = redirectUris.find((uri) => !isWebUrl(uri));
  if (bad !== undefined) return wrong(`--redirect-uri ${bad} is no http(s) URL`);
  return {
    kind: 'start',
    force: values.force,
    options: {
      port: Number(values.port),
      host: values.host,
      allowRemote: values['allow-remote'],
      redirectUris,
      settings: { pictures, tokenRateLimit: values['token-rate-limit'] },
      ...(publicUrl === undefined ? {} : { publicUrl }),
    },
  };
}

function wrong(reason: string): Flags {
  return { kind: 'wrong', reason };
}

function isWebUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
