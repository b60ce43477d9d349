import { exportData } from '@/lib/account/export';
import { csvFile, downloadName, jsonFile } from '@/lib/http/json-views';
import { assertPersonWithinRate } from '@/lib/http/rate-limit';
import { deviceOf } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { isNavigation, requireViewerOfOwnPage, signedOut, viewerOfRequest } from '@/lib/http/viewer';
import { service } from '@/lib/server/service';
import { wiring } from '@/lib/server/wiring';
import { text } from '@/lib/text';

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
      const isTable = new URL(request.url).searchParams.get('format') === 'csv';
      const file = isTable ? csvFile(data) : jsonFile(data);
      const name = downloadName(data, {
        service: text('en', service()).site.name,
        timeZone: service().timeZone,
        ending: isTable ? 'csv' : 'json',
      });
      return new Response(file.body, {
        headers: {
          'content-type': file.contentType,
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'private, no-store',
        },
      });
    },
  },
  { head: false },
);
