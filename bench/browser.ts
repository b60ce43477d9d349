import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';

/** One answer of a server under test. */
export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

/** A browser: one kept connection, a cookie jar, a client address. */
export interface Browser {
  send(method: 'GET' | 'POST', url: string, form?: Readonly<Record<string, string>>): Promise<Answer>;
  sendJson(url: string, body: object): Promise<Answer>;
  setCookie(name: string, value: string): void;
  /** As somebody else, from another address, without cookies; the connection stays. */
  becomeNew(address: string): void;
  close(): void;
}

export function createBrowser(): Browser {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const jar = new Map<string, string>();
  let address = '10.0.0.1';

  async function send(method: string, url: string, type?: string, body?: string): Promise<Answer> {
    const headers: Record<string, string> = {
      'x-forwarded-for': address,
      'user-agent':
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
      'accept-language': 'ko-KR,ko;q=0.9',
      'sec-fetch-site': 'same-origin',
      origin: new URL(url).origin,
    };
    if (jar.size > 0) headers['cookie'] = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (body !== undefined && type !== undefined) headers['content-type'] = type;
    const response = await exchange(url, method, headers, body);
    for (const line of response.headers['set-cookie'] ?? []) keep(line);
    let text = '';
    for await (const chunk of response) text += chunk;
    return { status: response.statusCode ?? 0, location: response.headers.location ?? '', body: text };
  }

  function exchange(url: string, method: string, headers: Record<string, string>, body?: string) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const sent = httpRequest(url, { method, headers, agent, timeout: 20_000 }, resolve);
      sent.on('timeout', () => sent.destroy(new Error(`no answer from ${url}`)));
      sent.on('error', reject).end(body);
    });
  }

  function keep(line: string): void {
    const pair = line.split(';', 1)[0] ?? '';
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }

  return {
    send: (method, url, form) =>
      form === undefined
        ? send(method, url)
        : send(method, url, 'application/x-www-form-urlencoded', new URLSearchParams(form).toString()),
    sendJson: (url, body) => send('POST', url, 'application/json', JSON.stringify(body)),
    setCookie: (name, value) => void jar.set(name, value),
    becomeNew(next) {
      address = next;
      jar.clear();
    },
    close: () => agent.destroy(),
  };
}
