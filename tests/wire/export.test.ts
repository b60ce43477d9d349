import { expect, test } from './support/test';

const page = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('without a session a program is told so', async ({ visitor }) => {
  for (const headers of [
    {},
    { accept: '*/*' },
    { accept: 'application/json' },
    { ...page, 'sec-fetch-mode': 'cors' },
    { ...page, authorization: 'Bearer nonsense' },
  ]) {
    const answer = await visitor.send('/api/me/export', { headers });
    expect([answer.status, answer.json()['message']], JSON.stringify(headers)).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
  }
});

test('without a session a person who follows the link comes to the login page', async ({ visitor }) => {
  for (const headers of [page, { ...page, 'sec-fetch-mode': 'navigate' }, { 'sec-fetch-mode': 'navigate' }]) {
    for (const path of ['/api/me/export', '/api/me/export?format=csv']) {
      const answer = await visitor.send(path, { headers });
      expect([answer.status, answer.headers.location]).toEqual([303, '/login?returnTo=/account']);
      expect(answer.headers['cache-control']).toBe('private, no-store');
    }
  }
});

test('with a session both get the file', async ({ visitor, person }) => {
  await visitor.logIn(person.id);
  for (const headers of [page, { 'sec-fetch-mode': 'navigate' }, {}]) {
    const own = { ...headers, 'sec-fetch-site': 'same-origin' };
    const answer = await visitor.send('/api/me/export', { headers: own });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="/);
  }
});
