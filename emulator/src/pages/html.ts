const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for HTML content and quoted attributes; characters that no page may have become escapes to read. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/(?![\t\n\r])\p{Cc}/gu, visibleEscape);
}

/** A nickname for reading: control and direction characters become escapes. */
export function readableNickname(nickname: string | null): string {
  return (nickname ?? '—').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, visibleEscape);
}

/** The same as HTML, where its direction stays its own. */
export function nicknameHtml(nickname: string | null): string {
  return `<bdi>${escapeHtml(readableNickname(nickname))}</bdi>`;
}

function visibleEscape(character: string): string {
  const named = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }[character];
  return named ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
