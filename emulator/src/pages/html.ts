const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text escaped for HTML content and quoted attributes; control characters become visible escapes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/(?![\t\n\r])\p{Cc}/gu, visibleEscape);
}

/** A nickname as it is shown: control and direction characters become visible escapes. */
export function readableNickname(nickname: string | null): string {
  return (nickname ?? '—').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, visibleEscape);
}

/** The same as HTML, in `<bdi>`, so that its direction does not affect the text around it. */
export function nicknameHtml(nickname: string | null): string {
  return `<bdi>${escapeHtml(readableNickname(nickname))}</bdi>`;
}

function visibleEscape(character: string): string {
  const named = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }[character];
  return named ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
