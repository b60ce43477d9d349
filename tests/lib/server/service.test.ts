import { describe, expect, it } from 'vitest';
import { configuration, missingFiles } from '@/lib/server/service';
import { readService } from '@/lib/service/define';
import { emptyFolder } from '../../scripts/folder';

describe('the files that a service names', () => {
  const options = {
    service: { logo: { light: '/icon.svg', dark: '/logo-dark.svg' }, preview: { picture: '/no.png' } },
  };

  it('have to be in public/', () => {
    expect(missingFiles(readService(options), 'public')).toEqual([
      'service.logo: there is no file /logo-dark.svg in public/',
      'service.preview.picture: there is no file /no.png in public/',
    ]);
    expect(missingFiles(readService({}), emptyFolder())).toEqual([]);
  });
});

it('the environment and the file are told of together', () => {
  expect(() => configuration()).toThrow(
    /^The configuration is not usable:\n {2}- NEXTAUTH_SECRET is missing/,
  );
});
