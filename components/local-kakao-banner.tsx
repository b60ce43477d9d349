import type { Text } from '@/lib/text';

interface Props {
  t: Text['localKakao'];
  /** Where its own page is: the people, the keys and what was asked of it. */
  url: string;
}

/** Says that this app talks to a local stand-in for Kakao. */
export function LocalKakaoBanner({ t, url }: Props) {
  return (
    <aside className="local-kakao" data-local-kakao="" aria-label={t.name}>
      <p className="mx-auto max-w-3xl px-4 py-2 sm:px-6">
        <strong>{t.name}</strong> {t.note} <a href={url}>{t.open}</a>
      </p>
    </aside>
  );
}
