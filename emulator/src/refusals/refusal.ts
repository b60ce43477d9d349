import type { JsonObject } from '../json.ts';
import type { Bilingual } from '../world/consent-items.ts';

/** What a refusal says beside its code. */
export interface Reason {
  /** Why, in one sentence for the developer. Seen in the request log and on a KOE page; by default Kakao's own text. */
  readonly verdict?: Bilingual | undefined;
  /** Kakao's own text, where it is not the usual one of the code. */
  readonly text?: string | undefined;
  /** A value of the request, for the `%s` in the usual text of a KOE code. */
  readonly value?: string | null;
  /** Whether the redirect URI was found right, so that the setting `authorizeErrors` can have the app told of a KOE code. */
  readonly mayRedirect?: boolean;
  /** The HTTP status of kapi, where it is not the usual one of the code. */
  readonly status?: number | undefined;
  /** Further members of the JSON body of kapi. */
  readonly more?: JsonObject;
}

/**
 * Kakao refuses a request: a KOE code, a negative code of kapi, or the name of a redirect error, which goes to the app
 * and may be thrown only once its redirect URI was found right. Thrown where the reason is found, and answered in one
 * place, `server/dispatch`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string | number;
  readonly reason: Reason;

  constructor(code: string | number, reason: Reason = {}) {
    super(reason.verdict?.en ?? reason.text ?? String(code));
    this.code = code;
    this.reason = reason;
  }
}
