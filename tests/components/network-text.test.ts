import { describe, expect, it } from 'vitest';
import { networkText } from '@/components/account-section';

describe('networkText', () => {
  it.each([
    '127.0.0.0/24',
    '10.1.2.0/24',
    '172.16.0.0/24',
    '172.31.255.0/24',
    '192.168.0.0/24',
    '169.254.1.0/24',
    '0:0:0::/48',
    'fd12:3456:789a::/48',
    'fe80:0:0::/48',
  ])('says nothing of %s, which is nobody’s place', (prefix) => {
    expect(networkText(prefix)).toBeNull();
  });

  it.each([
    ['203.0.113.0/24', '203.0.113.*'],
    ['172.32.0.0/24', '172.32.0.*'],
    ['100.0.0.0/24', '100.0.0.*'],
    ['2001:db8:7::/48', '2001:db8:7:…'],
  ])('writes %s as %s', (prefix, shown) => {
    expect(networkText(prefix)).toBe(shown);
  });
});
