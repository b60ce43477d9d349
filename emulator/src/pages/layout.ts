import { escapeHtml } from './html.ts';
import type { Language } from './language.ts';
import { pageText } from './text.ts';

/** One page: `body` is HTML, `title` is text; `wide` for tables. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: string;
  readonly wide?: boolean;
  /** Further elements of the head, as HTML. */
  readonly head?: string;
  /** What the addresses of this Kakao begin with. */
  readonly basePath: string;
}

/** Our own logo, so that nobody takes a page of ours for one of Kakao's. */
const mark =
  '<svg class="mark" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><rect x="2" y="2" width="20" height="20" rx="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="4 2.6"/><path d="M9 7v8.5h6.5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>';

/** The frame of every page: the permanent emulator bar above, one card below. */
export function renderLayout({ language, title, body, wide, head = '', basePath }: Page): string {
  const text = pageText[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · ${text.bar}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/__emulator/pages.css">${head}
</head>
<body>
<header class="bar" data-testid="emulator-bar"><a class="home" href="${basePath}/">${mark}<span class="names"><strong>${text.bar}</strong> <span>${text.barNote}</span></span></a><a class="tool" href="${basePath}/__emulator/inspector">${text.inspector}</a></header>
<main class="${wide ? 'card wide' : 'card'}">
${body}
</main>
</body>
</html>
`;
}
