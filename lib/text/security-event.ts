import type { Text } from './ko';

type Plain = {
  [Key in keyof Text['history']]: Text['history'][Key] extends string ? Key : never;
}[keyof Text['history']];

/** What of an event has to be said. */
export type SecurityEventText =
  | { readonly kind: Exclude<Plain, 'heading' | 'lead' | 'none' | 'otherKakaoEvent'> }
  | { readonly kind: 'session_ended'; readonly detail: string | null }
  | { readonly kind: 'logged_out'; readonly detail: keyof Text['history']['logged_out'] }
  | { readonly kind: 'consent_added' | 'consent_withdrawn'; readonly detail: string }
  | {
      readonly kind: 'kakao_event';
      readonly detail: string;
      readonly effect: keyof Text['history']['effects'];
    };

/** An event of the security history as a sentence. */
export function securityEventText(event: SecurityEventText, t: Text): string {
  const { history } = t;
  switch (event.kind) {
    case 'session_ended':
      return history.session_ended(deviceText(event.detail, t.sessions));
    case 'logged_out':
      return history.logged_out[event.detail];
    case 'consent_added':
    case 'consent_withdrawn':
      return history[event.kind](t.consent.names[event.detail] ?? event.detail);
    case 'kakao_event': {
      const happened = history.kakao_event[event.detail] ?? history.otherKakaoEvent;
      return `${happened}. ${history.effects[event.effect]}`;
    }
    default:
      return history[event.kind];
  }
}

/** The name of a device, such as "Chrome · Windows", in the language of the reader. */
export function deviceText(device: string | null, t: Text['sessions']): string {
  if (device === null) return t.unknownDevice;
  const names = device.split(' · ').map((name) => t.deviceNames[name] ?? name);
  return names.join(' · ');
}
