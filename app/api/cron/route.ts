import type { CronAnswer } from '@/lib/http/answers';
import { assertOperator } from '@/lib/http/authorization';
import { Problem } from '@/lib/http/problem';
import { privateJson, route } from '@/lib/http/route';
import { runAllBackgroundWork } from '@/lib/server/background';
import { isDraining } from '@/lib/server/draining';
import { env } from '@/lib/server/env';
import { wiring } from '@/lib/server/wiring';

/** The background work, once, for a scheduler where no process of ours stays. Both methods do it; HEAD does not. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  { GET: work, POST: work },
  { head: false },
);

async function work({ headers }: Request): Promise<Response> {
  await assertOperator(headers, { name: 'CRON_SECRET', value: env().cronSecret });
  if (isDraining()) {
    throw new Problem('UNAVAILABLE', 'This process is about to end: ask again.', { 'retry-after': '5' });
  }
  const report: CronAnswer = await runAllBackgroundWork(await wiring());
  return privateJson(report);
}
