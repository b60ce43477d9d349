import type { Text } from '@/lib/text';
import { AccountSection } from './account-section';

interface Item {
  id: string;
  name: string;
  agreed: boolean;
  using: boolean;
  revocable: boolean;
}

interface Props {
  t: Text['consent'];
  consents: { kind: 'known'; items: readonly Item[] } | { kind: 'no_credential' | 'unavailable' };
  /** How the last withdrawal ended. */
  outcome: keyof Text['consent']['outcomes'] | null;
  /** Where to try again with more patience; without it this is the place. */
  pagePath?: string;
}

/** The consents of a person at Kakao: see, withdraw and give them. */
export function Consents({ t, consents, outcome, pagePath }: Props) {
  const isKnown = consents.kind === 'known' && consents.items.length > 0;
  return (
    <AccountSection
      id="consents"
      title={t.heading}
      lead={isKnown ? t.lead : undefined}
      hidesTitle={pagePath === undefined}
    >
      {outcome && (
        <p role="status" className={outcome === 'withdrawn' ? 'notice' : 'notice notice-problem'}>
          {t.outcomes[outcome]}
        </p>
      )}
      {consents.kind === 'known' ? (
        <ConsentList t={t} items={consents.items} />
      ) : (
        <p className="text-sm text-muted">
          {consents.kind === 'unavailable' ? t.unavailable : t.noCredential}
        </p>
      )}
      {consents.kind === 'unavailable' && pagePath && (
        <a href={pagePath} className="link-quiet">
          {t.open}
        </a>
      )}
    </AccountSection>
  );
}

function ConsentList({ t, items }: { t: Text['consent']; items: readonly Item[] }) {
  if (items.length === 0) return <p className="text-sm text-muted">{t.none}</p>;
  return (
    <ul className="rows">
      {items.map((item) => (
        <ConsentRow key={item.id} t={t} item={item} />
      ))}
    </ul>
  );
}

function ConsentRow({ t, item }: { t: Text['consent']; item: Item }) {
  const name = t.names[item.id] ?? item.name;
  return (
    <li>
      <span className="grid min-w-0 flex-1 basis-36">
        <span className="font-semibold">{name}</span>
        <span className="text-sm text-muted">{state(t, item)}</span>
      </span>
      {item.agreed && item.revocable && (
        <form method="post" action="/account/consents">
          <input type="hidden" name="item" value={item.id} />
          <button type="submit" className="button-small" aria-label={t.withdraw(name)}>
            {t.withdrawShort}
          </button>
        </form>
      )}
      {!item.agreed && item.using && (
        <form method="post" action="/login/kakao">
          <input type="hidden" name="scope" value={item.id} />
          <input type="hidden" name="returnTo" value="/account" />
          <button type="submit" className="button-small" aria-label={t.agree(name)}>
            {t.agreeShort}
          </button>
        </form>
      )}
    </li>
  );
}

function state(t: Text['consent'], { agreed, using, revocable }: Item): string {
  if (!using) return t.unused;
  if (!agreed) return t.notAgreed;
  return revocable ? t.agreed : t.required;
}

/** Says on the page that a person comes back to how a request for more consent ended. */
export function ConsentAnswerNotice({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noAutofocus: moves focus to what has happened, with or without JavaScript
    <p role="status" tabIndex={-1} autoFocus className="notice mx-auto mb-4 max-w-xl" data-consent-answer="">
      {text}
    </p>
  );
}

interface RequestProps {
  t: Text['consent'];
  /** Ids of the consent items to ask for. */
  scope: readonly string[];
  returnTo: string;
}

/** Says what a feature needs, and sends the person to Kakao's consent screen and back to `returnTo`. */
export function ConsentRequest({ t, scope, returnTo }: RequestProps) {
  return (
    <>
      <div className="grid gap-2">
        <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>
        <p className="text-muted">{t.requestLead}</p>
      </div>
      <ul className="grid list-disc gap-1 pl-5 font-semibold">
        {scope.map((id) => (
          <li key={id}>{t.names[id] ?? id}</li>
        ))}
      </ul>
      <form method="post" action="/login/kakao" className="grid gap-3">
        <input type="hidden" name="scope" value={scope.join(' ')} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <button type="submit" className="button button-primary">
          {t.request}
        </button>
        <a href={returnTo} className="button-quiet">
          {t.later}
        </a>
      </form>
    </>
  );
}
