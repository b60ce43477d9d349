import { readFileSync } from 'node:fs';
import type { TlsFlags } from './flags.ts';
import type { TlsOptions } from './server/listen-securely.ts';

/** Reads the files that the command line names; throws with the name of one that cannot be read. */
export function readTls({ port, identity }: TlsFlags): TlsOptions {
  return {
    ...(port === null ? {} : { port }),
    ...(identity ? { identity: { cert: read(identity.certFile), key: read(identity.keyFile) } } : {}),
  };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
