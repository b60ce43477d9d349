import type { Text } from './ko';

type Plain = {
  [Key in keyof Text['history']]: Text['history'][Key] extends string ? Key : never;
}[keyof Text['history']];

/** The data of a history entry that its sentence needs. */
export type HistoryFacts =
  | {
      readonly kind: Exclude<Plain, 'heading' | 'lead' | 'none' | 'all' | 'unavailable' | 'otherKakaoEvent'>;
    }
  | { readonly kind: 'session_ended'; readonly detail: string | null }
  | { readonly kind: 'logged_out'; readonly detail: keyof Text['history']['logged_out'] }
  | { readonly kind: 'consent_added' | 'consent_withdrawn'; readonly detail: string }
  | {
      readonly kind: 'kakao_event';
      readonly detail: string;
      readonly effect: keyof Text['history']['effects'];
    };

/** An entry of the history of an account as a sentence. */
export function historySentence(entry: HistoryFacts, t: Text): string {
  const { history } = t;
  switch (entry.kind) {
    case 'session_ended':
      return history.session_ended(deviceText(entry.detail, t.sessions));
    case 'logged_out':
      return history.logged_out[entry.detail];
    case 'consent_added':
    case 'consent_withdrawn':
      return history[entry.kind](t.consent.names[entry.detail] ?? entry.detail);
    case 'kakao_event': {
      const together = history.together[`${entry.detail} ${entry.effect}`];
      const happened = history.kakao_event[entry.detail] ?? history.otherKakaoEvent;
      return together ?? `${happened}. ${history.effects[entry.effect]}`;
    }
    default:
      return history[entry.kind];
  }
}

/** The name of a device, such as "Chrome · Windows", in the language of the reader. */
export function deviceText(device: string | null, t: Text['sessions']): string {
  if (device === null) return t.unknownDevice;
  const names = device.split(' · ').map((name) => t.deviceNames[name] ?? name);
  return names.join(' · ');
}
