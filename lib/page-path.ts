import { onSitePath } from './login/return-to';

/** A path of this site to go back to after a form; anything else is the front page. */
export function safePagePath(value: string | null): string {
  return onSitePath(value) ?? '/';
}
