import { createServer } from 'node:http';

/**
 * Serves a site on a free port and says in one JSON line where. Ends with the process that started it.
 *
 * @param {(origin: string) => import('node:http').RequestListener} siteAt
 */
export function serve(siteAt) {
  let listener = (_request, response) => response.end();
  const server = createServer((request, response) => listener(request, response));
  server.listen(0, '127.0.0.1', () => {
    const origin = `http://localhost:${server.address().port}`;
    listener = siteAt(origin);
    process.stdout.write(`${JSON.stringify({ origin })}\n`);
  });
  process.stdin.on('end', () => process.exit(0)).resume();
}

/** The REST API key of the app and its secret, as the site was told. */
export const key = { clientId: process.env.KAKAO_CLIENT_ID, clientSecret: process.env.KAKAO_CLIENT_SECRET };
