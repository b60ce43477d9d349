import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { progressOn } from '../../scripts/setup/progress.mjs';

const CLEAR = '\r\u001b[K';

function progress(terminal: { isTTY?: boolean; columns?: number } = {}) {
  const stream = Object.assign(new PassThrough(), terminal);
  return { ...progressOn(stream), seen: () => String(stream.read() ?? '') };
}

it('without a terminal, each step is a line when it begins and a line with its time', async () => {
  const { step, seen } = progress();
  expect(await step('Counting', async () => 7)).toBe(7);
  expect(seen()).toBe('Counting …\nCounting: done after 0 s\n');
});

it('a step that fails says so, and the failure goes on', async () => {
  const { step, seen } = progress();
  await expect(step('Counting', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(seen()).toContain('Counting: failed after 0 s');
});

it('on a terminal the last line is what is under way, cut to one row', async () => {
  const { say, step, seen } = progress({ isTTY: true, columns: 17 });
  let end = () => {};
  const first = step('Counting', () => new Promise<void>((resolve) => (end = resolve)));
  const second = step('Baking bread', () => new Promise<void>(() => {}));
  say('Hello');
  expect(seen()).toBe(`${CLEAR}Hello\n${CLEAR}Counting 0 s · B`);
  end();
  await first;
  expect(seen()).toBe(`${CLEAR}Counting: done after 0 s\n${CLEAR}Baking bread 0 s`);
  void second;
});
