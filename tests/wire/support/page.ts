import { expect } from 'vitest';
import { type FailureCause, type FailureCode, failureText, type Locale } from '../../../lib/text';
import type { Answer } from '../../stack/http';
import { text } from '../../stack/words';

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
};

/** Every piece of text between two tags of this markup, as a person reads it. */
function texts(markup: string): string[] {
  return markup
    .replaceAll('<!-- -->', '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .split(/<[^>]*>/)
    .map((piece) => piece.replace(/&([^;&\s]+);/g, (whole, name) => entities[name] ?? whole).trim())
    .filter((piece) => piece !== '');
}

/** What the page says between its header and its footer. */
export function mainTexts(page: string): string[] {
  return texts(/<main\b[\s\S]*<\/main>/.exec(page)?.[0] ?? '');
}

/** The text of the only element of this name in a page. */
export function textOf(page: string, element: 'h1' | 'title'): string {
  const found = [...page.matchAll(new RegExp(`<${element}\\b[^>]*>([\\s\\S]*?)</${element}>`, 'g'))];
  expect(found, element).toHaveLength(1);
  return texts(found[0]?.[1] ?? '').join(' ');
}

/** What the page puts into the field of the login form that says where to go afterwards. */
export function returnToOf(page: string): string {
  const [, value = ''] =
    /<form[^>]*action="\/login\/kakao"[\s\S]*?name="returnTo" value="([^"]*)"/.exec(page) ?? [];
  return value.replaceAll('&amp;', '&');
}

/** The account page of somebody with this name. */
export function expectAccountPage({ url, answer }: { url: URL; answer: Answer }, name: string): void {
  expect([url.pathname, answer.status]).toEqual(['/account', 200]);
  expect(textOf(answer.text, 'h1')).toBe(text('ko').account.title);
  expect(mainTexts(answer.text)).toContain(name);
}

/** The login page, saying that the last attempt ended like this; returns the support code, if it shows one. */
export function expectFailurePage(
  { url, answer }: { url: URL; answer: Answer },
  code: FailureCode,
  locale: Locale,
  cause: FailureCause | null = null,
): string | null {
  const { login } = text(locale);
  const { title, happened, todo } = failureText(login, code, cause);
  expect([url.pathname, url.searchParams.get('error'), answer.status]).toEqual(['/login', code, 200]);
  expect(textOf(answer.text, 'title')).toContain(title);
  expect(textOf(answer.text, 'h1')).toBe(title);
  expect(answer.text).toMatch(/<h1\b[^>]* autofocus=""/i);
  const notice = new RegExp(`<div[^>]* role="(\\w+)" data-login-error="${code}">([\\s\\S]*?)</div>`).exec(
    answer.text,
  );
  expect(notice?.[1]).toBe(code === 'cancelled' ? 'status' : 'alert');
  const [heading, what, next, label, supportCode = null] = texts(notice?.[2] ?? '');
  expect([heading, what, next]).toEqual([title, happened, todo]);
  if (supportCode !== null) expect(label).toBe(login.supportCode);
  return supportCode;
}

/** The failure that an answer sends the browser to the login page with. */
export function errorOf({ headers }: Answer): string | null {
  const { pathname, searchParams } = new URL(headers.location ?? '', 'http://localhost');
  expect(pathname).toBe('/login');
  return searchParams.get('error');
}
