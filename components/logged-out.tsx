import type { Text } from '@/lib/text';

/** Says what a log-out together with the Kakao Account has come to. */
export function LoggedOut({ t }: { t: Text['logout'] }) {
  return (
    <div role="status" className="notice" data-logged-out="">
      <p className="font-bold">{t.returned}</p>
      <p className="mt-1 text-sm text-muted">{t.returnedHint}</p>
    </div>
  );
}
