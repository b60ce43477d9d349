import type { FailureCode, Text } from '@/lib/text';

interface Props {
  code: FailureCode;
  t: Text['login'];
  /** What the person can quote to the operator: the id of this request. */
  supportCode: string;
}

/** Says what went wrong with a login and what to do next. */
export function LoginFailure({ code, t, supportCode }: Props) {
  const failure = t.failures[code];
  const calm = code === 'cancelled';
  /** Nothing went wrong: the login only has to begin again. */
  const harmless = calm || code === 'expired';
  return (
    <div
      className={harmless ? 'notice' : 'notice notice-problem'}
      role={calm ? 'status' : 'alert'}
      data-login-error={code}
    >
      {/* biome-ignore lint/a11y/noAutofocus: moves focus to what went wrong, with or without JavaScript */}
      <h1 id="login-error" tabIndex={-1} autoFocus className="text-xl font-bold tracking-tight">
        {failure.title}
      </h1>
      <p className="mt-2">{failure.happened}</p>
      <p className="mt-1">{failure.todo}</p>
      <p className="mt-3 text-sm text-muted">
        {t.supportCode} <code className="support-code">{supportCode}</code>
      </p>
    </div>
  );
}
