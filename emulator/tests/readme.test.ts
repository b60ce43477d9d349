import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { usage } from '../src/command-line.ts';
import { environmentFor } from '../src/environment.ts';
import { eventFlaws } from '../src/webhooks/security-event.ts';
import { unlinkFlaws } from '../src/webhooks/unlink-notice.ts';
import { defaultSettings } from '../src/world/settings.ts';
import { people, useKakao } from './kakao.ts';

const kakao = useKakao();
const workspace = fileURLToPath(new URL('..', import.meta.url));
const documents = ['README.md', ...readdirSync(join(workspace, 'docs')).map((name) => `docs/${name}`)];
const texts = new Map(documents.map((name) => [name, readFileSync(join(workspace, name), 'utf8')]));
const everything = [...texts.values()].join('\n');
const run = promisify(execFile);

/** The blocks of shell in a document that call curl and need no more than a running emulator. */
function curlBlocks(name: string): string[] {
  const blocks = [...(texts.get(name) ?? '').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  return blocks.filter((code) => /^(curl|BACK=)/m.test(code) && !/kakao-emulator --/.test(code));
}

/** Runs shell against the emulator of this test, ending at the first command that fails; one line a command. */
async function shell(code: string): Promise<string> {
  const here = code.replaceAll('http://localhost:4000', kakao.emulator().url);
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', here]);
  return stdout;
}

describe('the README and docs/', () => {
  it('log in with curl, then lose the token in the ways they say', async () => {
    const output = await shell(curlBlocks('docs/stacks.md').join('\necho\n'));
    expect(output).toContain(`"id":${people.plain}`);
    expect(output).toContain('"nickname":"서윤"');
    expect(output).toMatch(/204$/m);
    expect(output.match(/"code":-10\b/g)).toHaveLength(1);
    expect(output.trimEnd()).toMatch(/"code":-401\}$/);
  }, 20_000);

  it.each(['README.md', 'docs/control-api.md', 'docs/failures.md', 'docs/webhooks.md'])(
    'have lines of curl that are all accepted: %s',
    async (name) => {
      const blocks = curlBlocks(name);
      expect(blocks.length).toBeGreaterThan(0);
      const output = await shell(blocks.join('\n').replace(/^curl /gm, 'curl --fail-with-body -sS '));
      expect(output).not.toContain('about:blank');
    },
    20_000,
  );

  it('name the keys that --print-env prints', () => {
    for (const stack of ['spring', 'django'] as const) {
      for (const line of environmentFor(stack, {}).split('\n')) {
        const value = line.split(/=(.*)/s)[1] ?? '';
        if (/CLIENT_?(ID|SECRET)=|TOKEN_?UR|AUTHORI/.test(line))
          expect(texts.get('docs/stacks.md')).toContain(value);
      }
    }
    const django = environmentFor('django', {}).match(/^\w+/gm) ?? [];
    for (const name of django) expect(texts.get('docs/stacks.md')).toContain(`os.environ["${name}"]`);
  });

  it('name every option of the command', () => {
    const options = [...usage.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option = '']) => option);
    expect(options.filter((option) => !texts.get('docs/running.md')?.includes(option))).toEqual([]);
  });

  it('name every setting, every operation of the control API and every flaw of a webhook', async () => {
    const { paths } = (await kakao.control('GET', 'openapi.json')).json;
    const operations = Object.keys(paths as object).map((path) => path.replace(/\/\{\w+\}/g, ''));
    const lastOf = (path: string) => path.split('/').at(-1) ?? '';
    const names = [
      ...Object.keys(defaultSettings()),
      ...operations.map(lastOf),
      ...eventFlaws,
      ...unlinkFlaws,
    ];
    expect(operations.length).toBeGreaterThan(20);
    expect(names.filter((name) => !everything.includes(name))).toEqual([]);
  });

  it('lead to files and headings that are there', () => {
    const missing = [...texts].flatMap(([name, text]) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(([link, path = '', heading]) => {
        const target = path === '' ? join(workspace, name) : join(workspace, dirname(name), path);
        if (!existsSync(target)) return [`${name}: ${link}`];
        return heading === undefined || headingsOf(target).includes(heading) ? [] : [`${name}: ${link}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  it('tell nobody to fetch a package of this name, which is not published', () => {
    expect(everything).not.toMatch(/npx\s+kakao-emulator|npm (i|install)( -\w+)* kakao-emulator/);
  });

  it('begin with at most 120 lines', () => {
    expect(texts.get('README.md')?.split('\n').length).toBeLessThanOrEqual(120);
  });
});

/** The headings of a document as links name them. */
function headingsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').match(/^#+ .*/gm) ?? [];
  return lines.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
