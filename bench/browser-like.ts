import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly cookies: string;
  readonly body: string;
}

/**
 * One whole login as a browser does it: start → Kakao (who approves at once) → callback → a request with
 * the session. Each has an address of its own, as one limit is per client.
 *
 * @throws Error when any step does not answer as it should
 */
export async function logIn(app: string, seed: number): Promise<void> {
  const address = `10.${(seed >> 16) & 255}.${(seed >> 8) & 255}.${seed & 255}`;
  const common = { 'x-forwarded-for': address, 'sec-fetch-site': 'same-origin' };
  const start = await send('POST', `${app}/login/kakao`, common);
  const approved = await send('GET', start.location, {});
  const callback = await send('GET', approved.location, { ...common, cookie: start.cookies });
  if (callback.status !== 303 || callback.location !== '/account') {
    throw new Error(`the callback answered ${callback.status} to ${callback.location}`);
  }
  const me = await send('GET', `${app}/api/me`, { ...common, cookie: callback.cookies });
  if (me.status !== 200) throw new Error(`/api/me answered ${me.status}`);
}

function send(method: string, url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent }, (response) => {
      read(response).then(resolve, reject);
    });
    request.on('error', reject);
    request.end();
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  let body = '';
  for await (const chunk of response) body += chunk;
  const set = response.headers['set-cookie'] ?? [];
  const kept = set.map((cookie) => cookie.split(';')[0] ?? '').filter((pair) => !pair.endsWith('='));
  return {
    status: response.statusCode ?? 0,
    location: response.headers.location ?? '',
    cookies: kept.join('; '),
    body,
  };
}
