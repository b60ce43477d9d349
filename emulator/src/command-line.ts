import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { redirectUris } from './control/fields.ts';
import { type Stack, stacks } from './environment.ts';
import { type EmulatorOptions, readSeedFile, type Settings, type WebhookSettings } from './index.ts';
import type { TlsOptions } from './server/listen.ts';

const MOST_PEOPLE = 10_000;

export const usage = `Usage: kakao-emulator [options]
       kakao-emulator doctor URL    examines an app that logs in with Kakao; see kakao-emulator doctor --help

  --port N            port, 0 for any free one (default 4000)
  --host ADDRESS      address to listen on (default 127.0.0.1, and [::1] beside it)
  --allow-remote      allow an address that other machines can reach
  --public-url URL    origin of this Kakao as its clients see it (default http://localhost:PORT)
  --internal-url URL  origin of this Kakao as other servers see it (default: the public one)
  --redirect-uri URI  one more redirect URI of the first app; may be repeated
  --unlink-webhook URL[,GET|POST]  unlink webhook of the first app (default method POST)
  --account-state-webhook URL      account-state webhook of the first app
  --pictures local    profile pictures drawn by the emulator instead of addresses like Kakao's
  --token-rate-limit  KOE237 after 20 access tokens in 10 minutes for one user, as at Kakao
  --tls               serve https as well, with a certificate made at start
  --tls-port N        port for https (default 4443, or any free one with --port 0)
  --tls-ca FILE       write the certificate to trust to this file, for NODE_EXTRA_CA_CERTS, curl --cacert
  --tls-cert FILE     serve https with this certificate (PEM) …
  --tls-key FILE      … and its private key (PEM)
  --seed-file FILE    users, apps, links and settings to start with (JSON, or YAML with the package yaml)
  --users N           so many generated people more, at most 10000
  --seed N            other generated people (default 1)
  --print-env STACK   print the settings of an app on next, spring, django or flutter, and end
  --force             start although NODE_ENV is production
  --help              this text
`;

/** A start as the command line describes it; files are read and written by the command. */
export interface Start {
  readonly kind: 'start';
  readonly options: EmulatorOptions;
  readonly force: boolean;
  readonly tls: TlsFlags | null;
  readonly seedFile: string | null;
  /** Nothing is started when this is set. */
  readonly printEnv: Stack | null;
}

interface TlsFlags {
  readonly port: number | null;
  /** Where to write the certificate to trust. */
  readonly caFile: string | null;
  /** A certificate of the user's own. */
  readonly identity: { readonly certFile: string; readonly keyFile: string } | null;
}

/** The parsed command line, or why it is invalid. */
export type Flags = Start | { readonly kind: 'help' } | { readonly kind: 'wrong'; readonly reason: string };

/** Reads the command line, without the name of the program. */
export function readFlags(args: readonly string[]): Flags {
  try {
    const values = parse(args);
    if (values.help) return { kind: 'help' };
    for (const check of [checkNumbers, checkUrls, checkChoices, checkTls]) check(values);
    return startOf(values);
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
}

type Values = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: 'string', default: '4000' },
      host: { type: 'string', default: '127.0.0.1' },
      'allow-remote': { type: 'boolean', default: false },
      'public-url': { type: 'string' },
      'internal-url': { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true, default: [] },
      'unlink-webhook': { type: 'string' },
      'account-state-webhook': { type: 'string' },
      pictures: { type: 'string', default: 'cdn' },
      'token-rate-limit': { type: 'boolean', default: false },
      tls: { type: 'boolean', default: false },
      'tls-port': { type: 'string' },
      'tls-ca': { type: 'string' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      'seed-file': { type: 'string' },
      users: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      'print-env': { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function startOf(values: Values): Start {
  const { 'public-url': publicUrl, 'internal-url': internalUrl } = values;
  return {
    kind: 'start',
    force: values.force,
    tls: values.tls ? tlsFlags(values) : null,
    seedFile: values['seed-file'] ?? null,
    printEnv: stacks.find((stack) => stack === values['print-env']) ?? null,
    options: {
      port: Number(values.port),
      host: values.host,
      allowRemote: values['allow-remote'],
      redirectUris: values['redirect-uri'],
      webhooks: webhooksOf(values),
      settings: settingsOf(values),
      people: { count: Number(values.users), seed: Number(values.seed) },
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(internalUrl === undefined ? {} : { internalUrl }),
    },
  };
}

/** Only the settings that were given, so that those of a seed stay. */
function settingsOf(values: Values): Partial<Settings> {
  return {
    ...(values.pictures === 'local' ? { pictures: 'local' } : {}),
    ...(values['token-rate-limit'] ? { tokenRateLimit: true } : {}),
  };
}

function webhooksOf(values: Values): Partial<WebhookSettings> {
  const { 'unlink-webhook': unlink, 'account-state-webhook': accountStateUrl = null } = values;
  const isGet = unlink?.endsWith(',GET') ?? false;
  const unlinkUrl = unlink === undefined ? null : withoutMethod(unlink);
  return { accountStateUrl, unlinkUrl, unlinkMethod: isGet ? 'GET' : 'POST' };
}

function withoutMethod(url: string): string {
  return url.replace(/,(GET|POST)$/, '');
}

function tlsFlags(values: Values): TlsFlags {
  const { 'tls-port': port, 'tls-ca': caFile = null, 'tls-cert': certFile, 'tls-key': keyFile } = values;
  const isOwn = certFile !== undefined && keyFile !== undefined;
  return {
    port: port === undefined ? null : Number(port),
    caFile,
    identity: isOwn ? { certFile, keyFile } : null,
  };
}

function checkNumbers(values: Values): void {
  for (const name of ['port', 'tls-port'] as const) {
    const value = values[name] ?? '0';
    if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
      throw new RangeError(`--${name} ${value} is no port`);
  }
  const { users, seed } = values;
  if (!/^\d{1,5}$/.test(users) || Number(users) > MOST_PEOPLE)
    throw new RangeError(`--users ${users} is no number up to ${MOST_PEOPLE}`);
  if (!/^\d{1,9}$/.test(seed)) throw new RangeError(`--seed ${seed} is no number of at most 9 digits`);
}

function checkUrls(values: Values): void {
  const names = [
    'public-url',
    'internal-url',
    'redirect-uri',
    'unlink-webhook',
    'account-state-webhook',
  ] as const;
  for (const name of names) {
    const bad = [values[name] ?? []].flat().find((url) => !isWebUrl(withoutMethod(url)));
    if (bad !== undefined) throw new RangeError(`--${name} ${bad} is no http(s) URL`);
  }
  if (!redirectUris.accepts(values['redirect-uri']))
    throw new RangeError(`--redirect-uri must ${redirectUris.must}`);
}

function checkChoices({ pictures, port, ...values }: Values): void {
  if (!['cdn', 'local'].includes(pictures))
    throw new RangeError(`--pictures must be cdn or local, not ${pictures}`);
  const { 'print-env': stack, 'public-url': publicUrl } = values;
  if (stack === undefined) return;
  if (!stacks.some((known) => known === stack))
    throw new RangeError(`--print-env knows ${stacks.join(', ')}, not ${stack}`);
  if (Number(port) === 0 && publicUrl === undefined)
    throw new RangeError('--print-env needs a --port or a --public-url that is known beforehand');
}

function checkTls(values: Values): void {
  const part = (['tls-port', 'tls-ca', 'tls-cert', 'tls-key'] as const).find((name) => values[name]);
  if (part && !values.tls) throw new RangeError(`--${part} needs --tls`);
  if (!values['tls-cert'] !== !values['tls-key'])
    throw new RangeError('--tls-cert and --tls-key go together');
  if (values['tls-cert'] && values['tls-ca'])
    throw new RangeError('--tls-ca is for a certificate made at start');
}

function isWebUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** The options of a start with the contents of the files that it names; rejects with the name of a file that is unusable. */
export async function readOptionFiles({ options, tls, seedFile }: Start): Promise<EmulatorOptions> {
  const seed = seedFile === null ? undefined : await readSeedFile(seedFile);
  const { redirectUris = [], webhooks = {} } = options;
  const isForBuiltInApp = redirectUris.length > 0 || webhooks.unlinkUrl || webhooks.accountStateUrl;
  if (seed?.apps && isForBuiltInApp)
    throw new RangeError(`redirect URIs and webhooks of the apps in ${seedFile} belong into that file`);
  return { ...options, ...(tls ? { tls: readTls(tls) } : {}), ...(seed ? { seed } : {}) };
}

function readTls({ port, identity }: TlsFlags): TlsOptions {
  return {
    ...(port === null ? {} : { port }),
    ...(identity ? { identity: { cert: read(identity.certFile), key: read(identity.keyFile) } } : {}),
  };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
