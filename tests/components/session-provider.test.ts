import type { Session } from 'next-auth';
import { useSession } from 'next-auth/react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { SessionProvider } from '@/components/session-provider';

/** What a component inside the provider sees at its first render. */
function seen(session: Session | null): unknown {
  const Probe = () => {
    const { data, status } = useSession();
    return createElement('p', null, JSON.stringify([status, data?.user.name]));
  };
  const markup = renderToStaticMarkup(SessionProvider({ session, children: createElement(Probe) }));
  return JSON.parse(markup.replace(/<\/?p>/g, '').replaceAll('&quot;', '"'));
}

it('useSession knows a guest at the first render', () => {
  expect(seen(null)).toEqual(['unauthenticated', null]);
});

it('useSession knows who is logged in at the first render', () => {
  const user = { id: 'u', name: '춘식', email: null, image: null };
  expect(seen({ user, expires: '2026-12-24T00:00:00.000Z' })).toEqual(['authenticated', '춘식']);
});
