import { randomBytes } from 'node:crypto';
import { appendFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = `# Made by set-up; this file stays on this machine. Every variable is explained in .env.example.
# With your own key from https://developers.kakao.com, set KAKAO_CLIENT_ID and its companions here;
# until then \`npm run dev\` uses the local Kakao.

`;

const SECRETS = ['NEXTAUTH_SECRET', 'SEALING_SECRET'];

/** Makes `.env` with random secrets, or adds those that one has not; never changes what is there. */
export function ensureEnvFile(root, say) {
  const file = join(root, '.env');
  const text = readText(file);
  const missing = SECRETS.filter((name) => !hasSecret(text ?? '', name));
  if (missing.length === 0) return;
  const lines = missing.map((name) => `${name}=${randomBytes(48).toString('base64url')}\n`).join('');
  if (text === undefined) create(file, HEAD + lines);
  else appendFileSync(file, (text === '' || text.endsWith('\n') ? '' : '\n') + lines);
  const added = `a random ${missing.join(' and a random ')}`;
  say(text === undefined ? `Made .env with ${added}.` : `Added ${added} to .env.`);
}

/** Assigned and more than white space; the last assignment counts, as it does for Next. */
function hasSecret(text, name) {
  const assigned = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*[=:][ \\t]*(.*)$`, 'gm');
  const value = [...text.matchAll(assigned)].at(-1)?.[1]?.trim() ?? '';
  return !/^(["'`]?)\s*\1$/.test(value) && !value.startsWith('#');
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
