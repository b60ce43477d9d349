import { readFileSync } from 'node:fs';
import type { Start, TlsFlags } from './flags.ts';
import { type EmulatorOptions, readSeedFile } from './index.ts';
import type { TlsOptions } from './server/listen.ts';

/** The options of a start with what is in the files that it names; rejects with the name of one that is no good. */
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
