import { assertOperator } from '@/lib/http/authorization';
import { metricsType } from '@/lib/http/machine-operations';
import { Problem } from '@/lib/http/problem';
import { route } from '@/lib/http/route';
import { env } from '@/lib/server/env';
import { renderMetrics } from '@/lib/server/metrics';
import { wiring } from '@/lib/server/wiring';

/** What Prometheus collects. Open in development; in production only with METRICS_TOKEN. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async ({ headers }) => {
    const { production, metricsToken } = env();
    if (production || metricsToken !== undefined) {
      await assertOperator(headers, { name: 'METRICS_TOKEN', value: metricsToken });
    }
    const text = await renderMetrics(await wiring());
    if (text === null) throw new Problem('NOT_FOUND', 'Set METRICS_TOKEN to open this.');
    return new Response(text, {
      headers: { 'content-type': metricsType, 'cache-control': 'private, no-store' },
    });
  },
});
