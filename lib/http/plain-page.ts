import { env } from '../server/env';
import { service } from '../server/service';
import { cookies } from '../session/cookie';
import { pickLocale, text } from '../text';
import { supportCode } from './request';
import { themePath } from './theme';

/** What a plain page can say: the keys of its title and sentence in `lib/text/`. */
export type PlainMessage = 'failed' | 'refused' | 'unavailable';

/** For whoever asks with a browser: a page of this site was called up or a button of it pressed, not the API. */
export function wantsPage(headers: Headers, pathname: string): boolean {
  return !pathname.startsWith('/api/') && (headers.get('accept')?.includes('text/html') ?? false);
}

/**
 * A page made of plain markup, for when the pages of this site cannot be made, or do not appear without JavaScript. Its
 * style is `public/plain.css`, its colours those of `/theme.css`.
 */
export function plainPage(message: PlainMessage, headers: Headers): string {
  const chosen = cookies(env().origin).language.read(headers);
  const locale = pickLocale(chosen, headers.get('accept-language'));
  const { site, plain } = text(locale, service());
  const { title, body } = plain[message];
  const code = supportCode(headers);
  return `<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeText(`${title} · ${site.name}`)}</title>
<link rel="stylesheet" href="${themePath()}">
<link rel="stylesheet" href="/plain.css">
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
<p>${escapeText(body)}</p>
${code === null ? '' : `<p class="code">${escapeText(plain.supportCode)} <code>${escapeText(code)}</code></p>`}
<p><a href="/">${escapeText(site.home)}</a></p>
</main>
</body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Nothing of a plain page runs, and nothing of it comes from elsewhere. */
export const plainPagePolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
