import { service } from '../../lib/server/service';
import { type Locale, text as textOf } from '../../lib/text';

/** Every sentence of the interface, with what kakao-login.config.ts says in its place. */
export const text = (locale: Locale) => textOf(locale, service());
