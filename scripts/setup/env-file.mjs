import { randomBytes } from 'node:crypto';
import { appendFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = `# Made by set-up; this file stays on this machine. Every variable is explained in .env.example.
# With your own key from https://developers.kakao.com, set KAKAO_CLIENT_ID and its companions here;
# until then \`npm run dev\` uses the local Kakao.

`;

/** Makes `.env` with a random secret, or adds the secret to one that has none; never changes what is there. */
export function ensureEnvFile(root, say) {
  const file = join(root, '.env');
  const line = `NEXTAUTH_SECRET=${randomBytes(48).toString('base64url')}\n`;
  const text = readText(file);
  if (text === undefined) {
    create(file, HEAD + line);
    say('Made .env with a random NEXTAUTH_SECRET.');
  } else if (!hasSecret(text)) {
    appendFileSync(file, (text === '' || text.endsWith('\n') ? '' : '\n') + line);
    say('Added a random NEXTAUTH_SECRET to .env.');
  }
}

/** Assigned and not empty; the last assignment counts, as it does for Next. */
function hasSecret(text) {
  const values = [...text.matchAll(/^[ \t]*(?:export[ \t]+)?NEXTAUTH_SECRET[ \t]*[=:][ \t]*(.*)$/gm)];
  const value = values.at(-1)?.[1]?.trim() ?? '';
  return value !== '' && value !== '""' && value !== "''" && !value.startsWith('#');
}

/** Whole or not at all, and readable by its owner only. A link, unlike a rename, never replaces a file. */
function create(file, text) {
  const draft = `${file}.${process.pid}.local`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    linkSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
