/** On every answer, also on those that server.ts gives itself. */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  // The address of a callback holds an authorization code, which no log may see.
  logging: { incomingRequests: { ignore: [/^\/login\/callback/] } },
  poweredByHeader: false,
  images: { unoptimized: true },
  typedRoutes: false,
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  devIndicators: false,
  serverExternalPackages: ['pino'],
  async headers() {
    const headers = Object.entries(securityHeaders).map(([key, value]) => ({ key, value }));
    return [{ source: '/:path*', headers }];
  },
};
