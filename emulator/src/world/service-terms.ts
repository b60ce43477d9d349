import type { Bilingual } from './consent-items.ts';

/** One of the service's own terms that Kakao Sync shows on the consent screen. */
export interface ServiceTerm {
  /** The app's name for this version of the text, such as `tos_20260101`. */
  readonly tag: string;
  readonly title: Bilingual;
  readonly required: boolean;
}

/** When a user agreed to a term (Unix milliseconds), and where: on the consent screen, or through the user API. */
export interface TermAgreement {
  readonly at: number;
  readonly by: 'KAUTH' | 'KAPI';
}

/** The tags of a parameter: one text with commas. */
export function tagsIn(parameter: string | null): string[] {
  const tags = (parameter ?? '').split(',').map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '');
}
