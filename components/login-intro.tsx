import type { Text } from '@/lib/text';

interface Props {
  t: Text['login'];
  /** Who is signed in already, or null for a guest. */
  name: string | null;
  returnTo: string;
}

/** Invites a guest to log in, and a signed-in person to go on. */
export function LoginIntro({ t, name, returnTo }: Props) {
  return (
    <div>
      <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>
      {name === null ? (
        <p className="mt-2 text-muted">{t.lead}</p>
      ) : (
        <>
          <p className="mt-2">{t.signedIn(name)}</p>
          <a href={returnTo} className="button mt-4">
            {t.continue}
          </a>
          <p className="mt-6 text-sm text-muted">{t.switchHint}</p>
        </>
      )}
    </div>
  );
}
