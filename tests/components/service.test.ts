import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ServiceLinks } from '@/components/login';
import { ServiceName } from '@/components/service-name';
import { text } from '@/lib/text';

const t = text('ko').login;
const none = { t, terms: undefined, privacy: undefined, support: undefined };

/** The links of a login card: address and words. */
function links(given: Partial<Record<'terms' | 'privacy' | 'support', string>>) {
  const markup = renderToStaticMarkup(createElement(ServiceLinks, { ...none, ...given }));
  return [...markup.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)</g)].map(([, href, words]) => [href, words]);
}

describe('the links of the login card', () => {
  it('are those that the service names', () => {
    expect(
      links({ terms: '/terms', privacy: 'https://namu.example/p', support: 'help@namu.example' }),
    ).toEqual([
      ['/terms', t.terms],
      ['https://namu.example/p', t.privacy],
      ['mailto:help@namu.example', t.support],
    ]);
    expect(links({ support: 'https://help.namu.example/' })).toEqual([
      ['https://help.namu.example/', t.support],
    ]);
  });

  it('are not there, nor a place for them, without any', () => {
    expect(renderToStaticMarkup(createElement(ServiceLinks, none))).toBe('');
  });
});

describe('the name of the service', () => {
  it('has its logo in front of it, for light and dark, of a size that is known before it is there', () => {
    const logo = { light: '/light.svg', dark: '/dark.svg' };
    const markup = renderToStaticMarkup(createElement(ServiceName, { name: '나무 <서점>', logo }));
    expect(markup).toMatch(/<source media="\(prefers-color-scheme: dark\)" srcSet="\/dark\.svg"/);
    expect(markup).toMatch(/<img src="\/light\.svg" alt="" width="28" height="28"/);
    expect(markup).toContain('나무 &lt;서점&gt;');
  });

  it('stands alone without one', () => {
    expect(renderToStaticMarkup(createElement(ServiceName, { name: '나무', logo: undefined }))).not.toContain(
      '<img',
    );
  });
});
