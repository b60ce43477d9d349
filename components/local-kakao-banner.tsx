import type { Text } from '@/lib/text';

/** Says that this app talks to a local stand-in for Kakao. */
export function LocalKakaoBanner({ t }: { t: Text['localKakao'] }) {
  return (
    <aside className="local-kakao" data-local-kakao="" aria-label={t.name}>
      <p className="mx-auto max-w-3xl px-4 py-2 sm:px-6">
        <strong>{t.name}</strong> {t.note}
      </p>
    </aside>
  );
}
