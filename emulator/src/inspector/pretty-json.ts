/** JSON text with a line for each member, numbers as they were written; any other text as it is. */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  let depth = 0;
  const newLine = () => `\n${'  '.repeat(depth)}`;
  return text.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g, (token, at: number) => {
    if (token === '{' || token === '[') {
      depth += 1;
      return /^\s*[}\]]/.test(text.slice(at + 1, at + 10)) ? token : token + newLine();
    }
    if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      return /[{[]\s*$/.test(text.slice(Math.max(0, at - 10), at)) ? token : newLine() + token;
    }
    if (token === ',') return token + newLine();
    return token === ':' ? ': ' : token;
  });
}
