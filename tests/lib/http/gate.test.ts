import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { enterGate } from '@/lib/http/gate';

/** As much of an answer as the gate looks at. */
function anAnswer() {
  const answer = Object.assign(new EventEmitter(), { destroyed: false });
  const end = () => answer.emit('close');
  const hangUp = () => {
    answer.destroyed = true;
    end();
  };
  return { response: answer as unknown as ServerResponse, end, hangUp };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 10));

it('lets 8 in, then whoever has waited longest for each that leaves, and not who has hung up', async () => {
  const entered: number[] = [];
  const answers = Array.from({ length: 12 }, anAnswer);
  const entries = answers.map(async ({ response }, at) => {
    if (await enterGate(response)) entered.push(at);
  });
  await soon();
  expect(entered).toHaveLength(8);
  answers[8]?.hangUp();
  answers[0]?.end();
  await soon();
  expect(entered.slice(8)).toEqual([9]);
  answers[9]?.end();
  await soon();
  expect(entered.slice(8)).toEqual([9, 10]);
  // Those who stay long wait for somebody else: their places are free after a quarter of a second.
  await Promise.all(entries);
  expect(entered.slice(8)).toEqual([9, 10, 11]);
  for (const { end } of answers) end();
});

it('keeps a place from those who wait while the process is behind: then it is work that takes so long', async () => {
  const answers = Array.from({ length: 9 }, anAnswer);
  let entered = 0;
  const entries = answers.map(({ response }) => enterGate(response).then(() => (entered += 1)));
  await soon();
  for (const end = performance.now() + 400; performance.now() < end; );
  await soon();
  expect(entered).toBe(8);
  // It has time again, so the others wait for somebody else.
  await Promise.all(entries);
  expect(entered).toBe(9);
  for (const { end } of answers) end();
});

it('refuses when a thousand wait, and is empty again afterwards', async () => {
  const answers = Array.from({ length: 1_008 }, anAnswer);
  const entries = answers.map(({ response, end }) => enterGate(response).then(end));
  await expect(enterGate(anAnswer().response)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    headers: { 'retry-after': '1' },
  });
  for (const { end } of answers) end();
  await Promise.all(entries);
  const after = Array.from({ length: 8 }, anAnswer);
  expect(await Promise.all(after.map(({ response }) => enterGate(response)))).toEqual(Array(8).fill(true));
});
