// npm run build: set-up without a database or a browser, then the production build.
import { exitWith } from './plain-error.mjs';
import { run, toolCommand } from './run/tool.mjs';
import { setUp } from './setup.mjs';

try {
  await setUp(['dependencies', 'client']);
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const { code } = await run(...toolCommand('next', ['build']), { env, show: true });
  process.exitCode = code === 0 ? 0 : 1;
} catch (error) {
  exitWith(error);
}
