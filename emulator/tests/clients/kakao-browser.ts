import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Where the browser finds Kakao's two hosts, and the authority that it trusts for them. */
export interface KakaoAt {
  readonly port: number;
  readonly ca: string;
}

export interface BrowserAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** A browser without scripts: it keeps cookies by host and follows no redirect by itself. */
export function newBrowser(kakao: KakaoAt) {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (host: string) => {
    const cookies = jar.get(host) ?? new Map<string, string>();
    jar.set(host, cookies);
    return cookies;
  };
  const send = (
    address: string,
    init: { readonly method?: string; readonly body?: string; readonly type?: string } = {},
  ) => {
    const url = new URL(address);
    const cookies = cookiesOf(url.host);
    const headers = {
      host: url.host,
      origin: url.origin,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(init.type ? { 'content-type': init.type } : {}),
    };
    const options = { method: init.method ?? 'GET', path: url.pathname + url.search, headers };
    const place = { host: '127.0.0.1', port: kakao.port, servername: url.hostname, ca: kakao.ca };
    return new Promise<BrowserAnswer>((resolve, reject) => {
      const request =
        url.protocol === 'https:'
          ? httpsRequest({ ...options, ...place })
          : httpRequest({ ...options, host: '127.0.0.1', port: url.port });
      request.once('error', reject).once('response', async (response) => {
        for (const line of response.headers['set-cookie'] ?? []) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        let text = '';
        for await (const part of response) text += part;
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null, text });
      });
      request.end(init.body);
    });
  };
  return { send };
}

export type Browser = ReturnType<typeof newBrowser>;
