import { exportData } from '@/lib/account/export';
import { csvFile, jsonFile } from '@/lib/http/json-views';
import { assertPersonWithinRate } from '@/lib/http/rate-limit';
import { deviceOf } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { isNavigation, requireViewerOfOwnPage, signedOut, viewerOfRequest } from '@/lib/http/viewer';
import { wiring } from '@/lib/server/wiring';

/** Everything held about the person who asks, to take along: JSON, or with `?format=csv` a table. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: async (request) => {
      if (isNavigation(request) && !(await viewerOfRequest(request))) {
        return seeOther('/login?returnTo=/account');
      }
      const viewer = await requireViewerOfOwnPage(request);
      await assertPersonWithinRate('export', viewer.user.id);
      const data = await exportData(await wiring(), viewer, deviceOf(request.headers));
      if (!data) throw signedOut(request);
      const format = new URL(request.url).searchParams.get('format');
      const file = format === 'csv' ? csvFile(data) : jsonFile(data);
      return new Response(file.body, {
        headers: {
          'content-type': file.contentType,
          'content-disposition': `attachment; filename="${file.name}"`,
          'cache-control': 'private, no-store',
        },
      });
    },
  },
  { head: false },
);
