// npm start: the production server, in this process, so that signals and the exit code are the server's own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { withoutMachineName } from './run/environment.mjs';

const server = join(ROOT, '.next', 'front', 'server.mjs');
try {
  if (!existsSync(join(ROOT, 'node_modules')))
    throw new PlainError('Run `npm run build` first: nothing is installed.');
  if (!existsSync(join(ROOT, '.next', 'BUILD_ID')) || !existsSync(server))
    throw new PlainError('Run `npm run build` first: there is no build.');
  if (withoutMachineName(process.env) !== process.env) delete process.env.HOSTNAME;
  process.chdir(ROOT);
  process.env.NODE_ENV = 'production';
  process.argv[1] = server;
  await import('../.next/front/server.mjs');
} catch (error) {
  exitWith(error);
}
