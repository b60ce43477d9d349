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

it('lets 16 in, then whoever has waited longest for each that leaves, and not who has hung up', async () => {
  const entered: number[] = [];
  const answers = Array.from({ length: 20 }, anAnswer);
  const entries = answers.map(async ({ response }, at) => {
    if (await enterGate(response)) entered.push(at);
  });
  await soon();
  expect(entered).toHaveLength(16);
  answers[16]?.hangUp();
  answers[0]?.end();
  await soon();
  expect(entered.slice(16)).toEqual([17]);
  answers[17]?.end();
  await soon();
  expect(entered.slice(16)).toEqual([17, 18]);
  // Those who stay long wait for somebody else: their places are free after a quarter of a second.
  await Promise.all(entries);
  expect(entered.slice(16)).toEqual([17, 18, 19]);
  for (const { end } of answers) end();
});

it('refuses when a thousand wait, and is empty again afterwards', async () => {
  const answers = Array.from({ length: 1_016 }, anAnswer);
  const entries = answers.map(({ response, end }) => enterGate(response).then(end));
  await expect(enterGate(anAnswer().response)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    headers: { 'retry-after': '1' },
  });
  for (const { end } of answers) end();
  await Promise.all(entries);
  const after = Array.from({ length: 16 }, anAnswer);
  expect(await Promise.all(after.map(({ response }) => enterGate(response)))).toEqual(Array(16).fill(true));
});
