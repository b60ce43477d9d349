import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '../root.mjs';
import { run, toolCommand } from '../run/tool.mjs';
import { COULD_NOT_RUN, FAILED, PASSED } from './tally.mjs';

const show = { show: true };

/** Format and lint; a warning fails as well. */
export function lint() {
  const colors = process.stdout.isTTY ? 'force' : 'off';
  const args = ['ci', '.', '--error-on-warnings', `--colors=${colors}`];
  return verdict(run(...toolCommand('biome', args), show));
}

/** Types; Next writes its own first, so that a fresh clone has them. */
export async function types() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const generated = await run(...toolCommand('next', ['typegen']), { env });
  if (generated.code !== 0) {
    console.error(generated.output.trimEnd());
    return FAILED;
  }
  return verdict(run(...toolCommand('tsc', ['--noEmit', '--incremental', 'false']), show));
}

/** Unused files, exports and dependencies. */
export const unused = () => verdict(run(...toolCommand('knip', []), show));

/** The production build; a warning in its output fails as well. */
export async function build() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  // Where CI is set, Next warns of a missing cache: a matter of the machine, not of the build.
  mkdirSync(join(ROOT, '.next', 'cache'), { recursive: true });
  const result = await run(...toolCommand('next', ['build']), { ...show, env });
  const warnings = result.code === 0 ? warningsIn(result.output) : [];
  if (warnings.length > 0) console.error(`The build warns:\n${warnings.join('\n')}`);
  // Without a build there is nothing that a browser test could visit.
  return result.code === 0 ? (warnings.length === 0 ? PASSED : FAILED) : COULD_NOT_RUN;
}

/** @param {string} output of `next build` */
export function warningsIn(output) {
  return stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => /^\s*⚠|\bwarn(ing)?s?\b\s*:|^\s*warn(ing)?\b/i.test(line));
}

async function verdict(result) {
  const { code, output } = await result;
  if (code === -1) console.error(output);
  return code === 0 ? PASSED : code === -1 ? COULD_NOT_RUN : FAILED;
}
