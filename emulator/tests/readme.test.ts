import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { usage } from '../src/command-line.ts';
import { environmentFor } from '../src/environment.ts';
import { people, useKakao } from './kakao.ts';

const kakao = useKakao();
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const run = promisify(execFile);

/** The blocks of shell in the README that call curl and need no more than a running emulator. */
function curlBlocks(): string[] {
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  return blocks.filter((code) => /^(curl|BACK=)/m.test(code) && !/kakao-emulator --/.test(code));
}

/** Runs shell against the emulator of this test, ending at the first command that fails; one line a command. */
async function shell(code: string): Promise<string> {
  const here = code.replaceAll('http://localhost:4000', kakao.emulator().url);
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', here]);
  return stdout;
}

describe('the README', () => {
  it('logs in with curl, then loses the token in the ways it says', async () => {
    const [login = '', failures = ''] = curlBlocks();
    const output = await shell(`${login}\necho\n${failures}`);
    expect(output).toContain(`"id":${people.plain}`);
    expect(output).toContain('"nickname":"서윤"');
    expect(output).toMatch(/204$/m);
    expect(output.match(/"code":-10\b/g)).toHaveLength(1);
    expect(output.trimEnd()).toMatch(/"code":-401\}$/);
  }, 20_000);

  it('has further lines of curl that are all accepted', async () => {
    const rest = curlBlocks().slice(2);
    expect(rest.length).toBeGreaterThan(0);
    const output = await shell(rest.join('\n').replace(/^curl /gm, 'curl --fail-with-body -sS '));
    expect(output).not.toContain('about:blank');
  }, 20_000);

  it('names the keys that --print-env prints', () => {
    for (const stack of ['spring', 'django'] as const) {
      for (const line of environmentFor(stack, {}).split('\n')) {
        const value = line.split(/=(.*)/s)[1] ?? '';
        if (/CLIENT_?(ID|SECRET)=|TOKEN_?UR|AUTHORI/.test(line)) expect(readme).toContain(value);
      }
    }
    const django = environmentFor('django', {}).match(/^\w+/gm) ?? [];
    for (const name of django) expect(readme).toContain(`os.environ["${name}"]`);
  });

  it('names every option of the command', () => {
    const options = [...usage.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option = '']) => option);
    expect(options.filter((option) => option !== '--help' && !readme.includes(`${option}`))).toEqual([]);
  });
});
