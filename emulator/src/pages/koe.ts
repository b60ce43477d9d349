import { koeMeaning } from '../refusals/koe-codes.ts';
import type { App } from '../world/apps.ts';
import { escapeHtml } from './html.ts';
import type { Language } from './language.ts';
import { renderLayout } from './layout.ts';
import { pageText } from './text.ts';

/** Why Kakao shows an error page instead of going back to the app. */
export interface KoePage {
  /** The code, such as `KOE006`. */
  readonly koe: string;
  /** Why, in one sentence for the developer. */
  readonly verdict: string;
  /** What Kakao's own page says about it, where it says anything. */
  readonly text: string | undefined;
  readonly app: App | undefined;
  readonly language: Language;
  readonly basePath: string;
}

/** Kakao's error page: heading with the code, a sentence, and the cause under developer information. */
export function renderKoe({ koe, verdict, text, app, language, basePath }: KoePage): string {
  const words = pageText[language];
  const title = `${words[koeMeaning(koe).heading]} (${koe})`;
  const causes = (text === undefined ? [verdict] : [text, verdict]).map(
    (line) => `<li><code>${escapeHtml(line)}</code></li>`,
  );
  const body = `<div class="notice-mark" aria-hidden="true">!</div>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(words.serviceUnavailable(app?.name[language] ?? null))}</p>
<details open data-testid="koe-detail"><summary>${words.developerInformation}</summary><ul class="causes">${causes.join('')}</ul></details>`;
  return renderLayout({ language, title, body, basePath });
}
