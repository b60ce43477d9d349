import { escapeHtml } from '../pages/html.ts';
import { languageOf } from '../pages/language.ts';
import { renderLayout } from '../pages/layout.ts';
import { pageText } from '../pages/text.ts';
import { koeMeaning } from '../refusals/koe-codes.ts';
import { pageReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { explain } from '../verdicts/explain.ts';
import type { App } from '../world/apps.ts';
import type { World } from '../world/world.ts';

/** Why Kakao keeps the browser: a KOE code, and the cause in words for the developer. */
export interface KoeRefusal {
  readonly koe: string;
  /** One or more lines of plain text. */
  readonly detail: string;
  readonly app: App | null;
}

/**
 * Kakao's error page: heading with the code, a sentence, and the cause under developer information. The HTTP status is
 * unknown: the setting `koePageStatus`, or that of `koeAnswers` for one code.
 */
export function koePage({ koe, detail, app }: KoeRefusal, request: KakaoRequest, world: World): Reply {
  const language = languageOf(request.headers);
  const text = pageText[language];
  const heading = `${text[koeMeaning(koe).heading]} (${koe})`;
  const sentence = text.serviceUnavailable(app?.name[language] ?? null);
  const verdict = explain(koe, request, world);
  const lines = [...(verdict ? [verdict] : []), ...detail.split('\n')].map(
    (line) => `<li><code>${escapeHtml(line)}</code></li>`,
  );
  const body = `<div class="notice-mark" aria-hidden="true">!</div>
<h1>${escapeHtml(heading)}</h1>
<p class="lead">${escapeHtml(sentence)}</p>
<details open data-testid="koe-detail"><summary>${text.developerInformation}</summary><ul class="causes">${lines.join('')}</ul></details>`;
  const status = world.settings.koeAnswers[koe]?.status ?? world.settings.koePageStatus;
  const page = pageReply(renderLayout({ language, title: heading, body, basePath: world.basePath }), status, {
    'X-Kakao-Emulator-Code': koe,
  });
  return { ...page, verdict: verdict ?? detail.replaceAll('\n', '; ') };
}
