import { describe, expect, it } from 'vitest';
import { devAddress } from '../../scripts/run/dev-address.mjs';

const own = ['192.168.0.10', 'fd00::2'];
const at = (env: Record<string, string>) => devAddress(env, { addresses: own });

describe('npm run dev, asked for', () => {
  it('nothing, is at localhost', async () => {
    expect(await at({})).toEqual({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      hostname: undefined,
      isShared: false,
      notes: [],
    });
    expect(await at({ PORT: '3001' })).toMatchObject({ publicUrl: 'http://localhost:3001', notes: [] });
  });

  it.each([
    ['http://192.168.0.10:3370', '192.168.0.10'],
    ['http://192.168.0.10:3370/', '192.168.0.10'],
    ['http://[fd00::2]:3370', 'fd00::2'],
  ])('%s, an address of this machine, listens there', async (NEXTAUTH_URL, hostname) => {
    const publicUrl = new URL(NEXTAUTH_URL).origin;
    expect(await at({ NEXTAUTH_URL })).toEqual({
      port: 3370,
      publicUrl,
      hostname,
      isShared: true,
      notes: [],
    });
    expect(await at({ NEXTAUTH_URL, HOSTNAME: '0.0.0.0' })).toMatchObject({
      hostname: '0.0.0.0',
      isShared: true,
    });
  });

  it.each([
    ['HTTP://LOCALHOST:3370/', 'http://localhost:3370'],
    ['http://127.0.0.1:3370', 'http://127.0.0.1:3370'],
    ['http://app.localhost:3370', 'http://app.localhost:3370'],
  ])('%s, is only for this machine, at that port', async (NEXTAUTH_URL, publicUrl) => {
    expect(await at({ NEXTAUTH_URL })).toEqual({
      port: 3370,
      publicUrl,
      hostname: undefined,
      isShared: false,
      notes: [],
    });
  });

  it.each([
    'http://192.168.0.11:3370',
    'https://192.168.0.10',
    'https://abc.example',
    'http://nowhere.invalid:3000',
  ])('%s, which is not this machine, says so in one line', async (NEXTAUTH_URL) => {
    const { notes, ...rest } = await at({ NEXTAUTH_URL });
    expect(notes).toEqual([expect.stringContaining('is not an address of this machine')]);
    expect(rest).toMatchObject({ port: 3000, publicUrl: NEXTAUTH_URL, hostname: undefined, isShared: false });
  });

  it('another port in the address than in PORT, says so', async () => {
    const { notes, port } = await at({ NEXTAUTH_URL: 'http://192.168.0.10:3370', PORT: '3371' });
    expect(port).toBe(3371);
    expect(notes).toEqual([expect.stringContaining('has another port than the app, which listens on 3371')]);
  });

  it('all devices at localhost, says what to set', async () => {
    const { notes, isShared } = await at({ HOSTNAME: '0.0.0.0' });
    expect(notes).toEqual([expect.stringContaining('set NEXTAUTH_URL=http://192.168.0.10:3000')]);
    expect(isShared).toBe(false);
  });

  it.each(['localhost:3000', 'http://localhost:3000/app', 'ftp://x'])(
    '%s, is refused',
    async (NEXTAUTH_URL) => {
      await expect(at({ NEXTAUTH_URL })).rejects.toThrow('NEXTAUTH_URL must be an origin');
    },
  );
});
