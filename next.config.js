/** On every answer, also on those that server.ts gives itself. */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

/** @param {string | undefined} url */
function hostOf(url = '') {
  return URL.canParse(url.trim()) ? [new URL(url.trim()).hostname] : [];
}

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  // The address of a callback holds an authorization code, which no log may see.
  logging: { incomingRequests: { ignore: [/^\/login\/callback/] } },
  poweredByHeader: false,
  images: { unoptimized: true },
  typedRoutes: false,
  // The names that the app is opened by in development, in a network or through a tunnel too.
  allowedDevOrigins: ['127.0.0.1', '[::1]', 'localhost', ...hostOf(process.env.NEXTAUTH_URL)],
  devIndicators: false,
  serverExternalPackages: ['pino', 'prom-client'],
  // Where Next runs without server.ts, which lets no larger body come this far.
  experimental: { proxyClientMaxBodySize: 64 * 1_024 },
  async headers() {
    const headers = Object.entries(securityHeaders).map(([key, value]) => ({ key, value }));
    // A picture that is opened by itself is a document, and may hold scripts.
    const picture = {
      key: 'Content-Security-Policy',
      value: "default-src 'none'; style-src 'unsafe-inline'",
    };
    return [
      { source: '/:path*', headers },
      { source: '/(.*)\\.svg', headers: [picture] },
    ];
  },
};
