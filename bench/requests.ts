import type { Answer, Browser } from './browser.ts';
import type { Server } from './server.ts';
import { median, share } from './windows.ts';

/** What one kind of request costs, measured in one window. */
export interface RequestWindow {
  /** CPU time of the server for each, ms. */
  readonly cpuMs: number;
  /** From request to answer, median, ms. */
  readonly answerMs: number;
  readonly failed: number;
}

/** Sends the same request so many times, by all browsers at once. */
export async function measureRequests(
  server: Server,
  browsers: readonly Browser[],
  times: number,
  send: (browser: Browser) => Promise<Answer>,
): Promise<RequestWindow> {
  const answers: number[] = [];
  let failed = 0;
  const before = server.usage();
  await share(browsers, times, async (browser) => {
    const begun = performance.now();
    const status = await send(browser).then(
      (answer) => answer.status,
      () => 0,
    );
    answers.push(performance.now() - begun);
    if (status === 200) return;
    failed += 1;
    if (failed === 1) process.stderr.write(`${server.target.name}: a request was answered ${status}\n`);
  });
  const cpuMs = ((server.usage().cpuSeconds - before.cpuSeconds) * 1_000) / times;
  return { cpuMs, answerMs: median(answers), failed };
}
