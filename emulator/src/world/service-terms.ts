import type { Bilingual } from './consent-items.ts';

/** One of the service's own terms that Kakao Sync shows on the consent screen. */
export interface ServiceTerm {
  /** The app's name for this version of the text, such as `tos_20260101`. */
  readonly tag: string;
  readonly title: Bilingual;
  readonly required: boolean;
}
