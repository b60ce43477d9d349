import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readEnv, readPort, sqliteFile, withoutMachineName } from '../../scripts/run/environment.mjs';
import { emptyFolder } from './folder.ts';

describe('the environment of the scripts', () => {
  it('is .env under the real one; empty counts as unset; the process keeps its own', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    vi.stubEnv('FROM_BOTH', 'real');
    vi.stubEnv('EMPTIED', '');
    vi.stubEnv('SPACED', ' file:./x.db\r\n');
    vi.stubEnv('ONLY_SPACE', ' \n');
    const root = emptyFolder();
    writeFileSync(join(root, '.env'), 'FROM_FILE=file\nFROM_BOTH=file\nEMPTIED=file\nBLANK=\n');
    writeFileSync(join(root, '.env.development'), 'FROM_FILE=mode\n');
    const env = await readEnv({ dev: true, root });
    expect(env).toMatchObject({ FROM_FILE: 'mode', FROM_BOTH: 'real', SPACED: 'file:./x.db' });
    expect(env).not.toHaveProperty('EMPTIED');
    expect(env).not.toHaveProperty('BLANK');
    expect(env).not.toHaveProperty('ONLY_SPACE');
    expect(process.env['FROM_FILE']).toBeUndefined();
    expect(process.env['__NEXT_PROCESSED_ENV']).toBeUndefined();
  });
});

describe('DATABASE_URL', () => {
  it.each(['mysql://x', 'postgresql://localhost/app', 'file:', './data/x.db'])('%s is refused', (url) => {
    expect(() => sqliteFile(url)).toThrow('DATABASE_URL is not usable');
  });

  it('is relative to the root of the project', () => {
    expect(sqliteFile(undefined, '/srv/app')).toBe('/srv/app/data/kakao-login.db');
    expect(sqliteFile('file:other.db', '/srv/app')).toBe('/srv/app/other.db');
    expect(sqliteFile('file:/var/lib/app.db', '/srv/app')).toBe('/var/lib/app.db');
  });
});

describe('a port in the environment', () => {
  it.each(['0', '65536', '80x', '-1'])('%s is refused', (PORT) => {
    expect(() => readPort({ PORT }, 'PORT', 3000)).toThrow('PORT is not a port');
  });

  it('that is unset or empty is the default', () => {
    expect(readPort({}, 'PORT', 3000)).toBe(3000);
    expect(readPort({ PORT: '' }, 'PORT', 3000)).toBe(3000);
  });
});

describe('HOSTNAME', () => {
  it("that is only the machine's own name is ignored, and one that was chosen is kept", () => {
    expect(withoutMachineName({ HOSTNAME: hostname() })).toEqual({});
    expect(withoutMachineName({ HOSTNAME: '0.0.0.0' })).toEqual({ HOSTNAME: '0.0.0.0' });
  });
});
