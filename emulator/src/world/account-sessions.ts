import type { Expiring } from './bounded-map.ts';

/** The Kakao Account sessions of browsers, by cookie value: 24 hours each, not prolonged by use. */
export type AccountSessions = Map<string, Expiring & { readonly userId: string }>;
