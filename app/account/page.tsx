import { createHash } from 'node:crypto';
import type { Metadata } from 'next';
import { AccountHistory } from '@/components/account-history';
import { AccountProfile } from '@/components/account-profile';
import { SectionNav } from '@/components/account-section';
import { Consents } from '@/components/consents';
import { LeaveSection } from '@/components/leave';
import { LogoutForm } from '@/components/logout';
import { PersonalData } from '@/components/personal-data';
import { Sessions } from '@/components/sessions';
import { listConsents, type Consents as ReadConsents } from '@/lib/account/consents';
import { listHistory } from '@/lib/db/history';
import type { Viewer } from '@/lib/login/find-viewer';
import { listSessions } from '@/lib/login/sessions';
import { getPageContext } from '@/lib/next/page-context';
import { consentOutcome, type SearchParams, sessionOutcome } from '@/lib/next/search-params';
import { requireViewer } from '@/lib/next/viewer';
import { describeError, logEvent } from '@/lib/server/log';
import { wiring } from '@/lib/server/wiring';

interface Props {
  searchParams: Promise<SearchParams>;
}

/** So many entries of the history are here; the rest has a page of its own. */
const latest = 5;
/** The page waits no longer for Kakao, ms: consents have a page of their own. */
const consentsPatienceMs = 300;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.account.title, robots: { index: false, follow: false } };
}

/** The person's account: a section for each thing there is to see or do. What cannot be read says so in its own card. */
export default async function AccountPage({ searchParams }: Props) {
  const viewer = await requireViewer('/account');
  const [{ t, dates }, params] = await Promise.all([getPageContext(), searchParams]);
  const [consents, sessions, history] = await Promise.all([
    readConsents(viewer),
    readSessions(viewer),
    readHistory(viewer),
  ]);
  const sections = [
    ['#consents', t.consent.heading],
    ['#sessions', t.sessions.heading],
    ['#history', t.history.heading],
    ['#logout', t.logout.title],
    ['#data', t.personalData.heading],
    ['#leave', t.leave.heading],
  ] as const;
  return (
    <div className="mx-auto grid max-w-xl grid-cols-1 gap-3 sm:gap-4">
      <h1 className="text-2xl font-bold tracking-tight sm:text-3xl">{t.account.title}</h1>
      <AccountProfile
        user={viewer.user}
        picture={picturePath(viewer)}
        t={t.account}
        dates={dates}
        emailConsent={emailConsent(consents)}
      />
      <SectionNav label={t.account.sections} sections={sections} />
      <Consents
        t={t.consent}
        consents={consents}
        outcome={consentOutcome(params)}
        pagePath="/account/kakao"
      />
      <Sessions
        t={t.sessions}
        dates={dates}
        sessions={sessions}
        outcome={sessionOutcome(params)}
        now={new Date()}
        everywhere={t.logout.everywhere}
      />
      <AccountHistory
        t={t}
        dates={dates}
        entries={history?.slice(0, latest) ?? null}
        hasMore={history !== null && history.length > latest}
      />
      <LogoutForm t={t.logout} />
      <PersonalData t={t.personalData} />
      <LeaveSection t={t.leave} />
    </div>
  );
}

/** A changed picture has another address: browsers keep each for an hour. */
function picturePath({ user: { profileImageUrl } }: Viewer): string | null {
  if (profileImageUrl === null) return null;
  return `/account/picture?v=${createHash('sha256').update(profileImageUrl).digest('hex').slice(0, 12)}`;
}

async function readConsents({ user }: Viewer): Promise<ReadConsents> {
  const consents = await orNull(listConsents(await wiring(), user, { patienceMs: consentsPatienceMs }));
  return consents ?? { kind: 'unavailable' };
}

async function readSessions(viewer: Viewer) {
  return orNull(listSessions(await wiring(), viewer));
}

async function readHistory({ user }: Viewer) {
  return orNull(listHistory((await wiring()).db, user.id, { take: latest + 1 }));
}

/** What a part of the page reads; one that fails is logged, and the rest of the page is there. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    logEvent('error', 'account.part_failed', { error: describeError(error) });
    return null;
  }
}

/** Whether Kakao says that the person shares their e-mail; `null` when it is not known, or not asked for. */
function emailConsent(consents: ReadConsents): boolean | null {
  if (consents.kind !== 'known') return null;
  return consents.items.find(({ id }) => id === 'account_email')?.agreed ?? null;
}
