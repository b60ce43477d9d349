#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { readFlags, readOptionFiles, type Start, usage } from './command-line.ts';
import { environmentFor } from './environment.ts';
import { type Emulator, startEmulator } from './index.ts';

const flags = readFlags(process.argv.slice(2));
const isProduction = process.env['NODE_ENV'] === 'production';
if (flags.kind === 'help') process.stdout.write(usage);
else if (flags.kind === 'wrong') fail(`${flags.reason}\n\n${usage}`);
else if (isProduction && !flags.force) {
  fail(
    'this is a fake Kakao that lets anybody in; it does not start with NODE_ENV=production (--force overrides)',
  );
} else await run(flags);

async function run(start: Start): Promise<void> {
  const { printEnv, tls } = start;
  try {
    const options = await readOptionFiles(start);
    if (printEnv) return void process.stdout.write(environmentFor(printEnv, options));
    const emulator = await startEmulator(options);
    if (tls?.caFile && emulator.tls?.ca) writeFileSync(tls.caFile, emulator.tls.ca);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void emulator.close());
    announce(emulator);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

/** One JSON line for programs on stdout, one line for people on stderr. */
function announce({ url, tls, apps }: Emulator): void {
  const list = apps().map(({ clientId, clientSecret, appId, adminKey }) => ({
    clientId,
    clientSecret,
    appId,
    adminKey,
  }));
  process.stdout.write(
    `${JSON.stringify({ ready: true, url, ...(tls ? { tlsUrl: tls.url } : {}), apps: list })}\n`,
  );
  process.stderr.write(`Local Kakao is ready at ${url} (open it for keys, personas and requests)\n`);
}

function fail(message: string): void {
  process.stderr.write(`kakao-emulator: ${message}\n`);
  process.exitCode = 1;
}
