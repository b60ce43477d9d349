// NextAuth.js 4 with its own Kakao provider, as its documentation shows it.
import { createRequire } from 'node:module';
import { key, serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const { default: NextAuth } = require('next-auth/next');
const { default: KakaoProvider } = require('next-auth/providers/kakao');

const options = {
  secret: 'a-secret-of-the-next-auth-site-32-bytes',
  providers: [KakaoProvider(key)],
  logger: { error() {}, warn() {} },
  callbacks: {
    session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
  },
};

serve((origin) => {
  process.env.NEXTAUTH_URL = origin;
  return async (request, response) => {
    const url = new URL(request.url, origin);
    let body = '';
    for await (const part of request) body += part;
    // What Next.js adds to the requests and answers of an API route.
    const cookies = (request.headers.cookie ?? '').split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    });
    Object.assign(request, {
      query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split('/').slice(3) },
      cookies: Object.fromEntries(cookies),
      body: Object.fromEntries(new URLSearchParams(body)),
    });
    Object.assign(response, {
      status: (code) => Object.assign(response, { statusCode: code }),
      send: (content) => response.end(typeof content === 'string' ? content : JSON.stringify(content ?? '')),
      json: (content) => response.end(JSON.stringify(content)),
    });
    await NextAuth(request, response, options);
  };
});
