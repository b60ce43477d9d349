import { expect, it, vi } from 'vitest';

it.each([
  ['http://192.168.0.10:3370', '192.168.0.10'],
  [' https://ABC.example/ ', 'abc.example'],
  ['http://[fd00::2]:3000', '[fd00::2]'],
])('in development, chunks are for pages opened at NEXTAUTH_URL, %s', async (url, host) => {
  vi.stubEnv('NEXTAUTH_URL', url);
  vi.resetModules();
  const { default: config } = await import('@/next.config.js');
  expect(config.allowedDevOrigins).toEqual(['127.0.0.1', '[::1]', 'localhost', host]);
});
