import { parseArgs } from 'node:util';

/** The app to examine, and what is known about it. Paths are paths of the app. */
export interface DoctorOptions {
  /** A page of the app from which a person can log in. */
  readonly url: string;
  /** The local Kakao that the app is pointed at. */
  readonly kakaoUrl: string;
  readonly login?: string;
  readonly me?: string;
  readonly logout?: string;
  readonly api?: string;
  readonly unlinkWebhook?: string;
  readonly accountStateWebhook?: string;
  /** Further origins that belong to the app. */
  readonly origins?: readonly string[];
  /** Sent with every request to the app. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Only the cases whose id begins with one of these. */
  readonly only?: readonly string[];
}

export const doctorUsage = `Usage: kakao-emulator doctor URL [options]

Drives the app at URL through bad logins and says which it survives. The app must be pointed at a local Kakao and be
a copy without real data: people are made and logins are provoked. Needs no knowledge of the app beyond a page to begin at.

  --kakao URL               the local Kakao that the app uses, or a namespace of it
                            (without it doctor starts one on port 4000, --port N for another)
  --login PATH              what begins a login: an address, or a page with a form or link
  --me PATH                 a page or endpoint that tells who is signed in
  --logout PATH             what logs out
  --api ["GET "]PATH        an endpoint that takes a Kakao access token in Authorization (POST unless said)
  --unlink-webhook PATH     the receiver of Kakao's unlink webhooks
  --account-state-webhook PATH  the receiver of Kakao's security event tokens
  --origin URL              one more origin of the app, such as its back end; may be repeated
  --header "NAME: VALUE"    sent with every request to the app; may be repeated
  --only ID                 only the cases whose id begins like this; may be repeated
  --json                    the report as JSON
  --help                    this text

Exit code: 0 when no case fails, 1 when one does, 2 when the app could not be examined.
`;

/** The parsed command line of `doctor`; without `kakaoUrl` a Kakao is started on `port`. */
export type DoctorFlags =
  | {
      readonly kind: 'examine';
      readonly options: Omit<DoctorOptions, 'kakaoUrl'>;
      readonly kakaoUrl: string | null;
      readonly port: number;
      readonly json: boolean;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Parses the arguments after `kakao-emulator doctor`. */
export function readDoctorFlags(args: readonly string[]): DoctorFlags {
  try {
    return flagsOf(parse(args));
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true, default: [] as string[] } as const;

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: true,
    options: {
      kakao: text,
      port: { type: 'string', default: '4000' },
      login: text,
      me: text,
      logout: text,
      api: text,
      'unlink-webhook': text,
      'account-state-webhook': text,
      origin: texts,
      header: texts,
      only: texts,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}

function flagsOf({ values, positionals }: ReturnType<typeof parse>): DoctorFlags {
  if (values.help) return { kind: 'help' };
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0) return wrong('name one address of an app');
  const bad = [url, ...values.origin, ...(values.kakao === undefined ? [] : [values.kakao])].find(
    (it) => !isWebUrl(it),
  );
  if (bad !== undefined) return wrong(`${bad} is no http(s) URL`);
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    return wrong(`--port ${values.port} is no port`);
  const line = values.header.find((header) => !/^[\w-]+:\s*\S/.test(header));
  if (line !== undefined) return wrong(`--header ${line} is not "NAME: VALUE"`);
  return {
    kind: 'examine',
    kakaoUrl: values.kakao ?? null,
    port: Number(values.port),
    json: values.json,
    options: {
      url,
      origins: values.origin,
      only: values.only,
      headers: Object.fromEntries(values.header.map(headerOf)),
      ...named({ login: values.login, me: values.me, logout: values.logout, api: values.api }),
      ...named({
        unlinkWebhook: values['unlink-webhook'],
        accountStateWebhook: values['account-state-webhook'],
      }),
    },
  };
}

/** The options that were given. */
function named<T extends string>(
  values: Readonly<Record<T, string | undefined>>,
): Partial<Record<T, string>> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<Record<T, string>>;
}

function headerOf(line: string): [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
}

function wrong(reason: string): DoctorFlags {
  return { kind: 'wrong', reason };
}

function isWebUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
