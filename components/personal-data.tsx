import type { Text } from '@/lib/text';
import { AccountSection } from './account-section';

/** Offers everything held about the person as a download: the answer says that it is one, unless the session has ended. */
export function PersonalData({ t }: { t: Text['personalData'] }) {
  return (
    <AccountSection id="data" title={t.heading} lead={t.lead}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <a href="/api/me/export?format=csv" className="button-small">
          {t.csv}
        </a>
        <a href="/api/me/export" className="link-quiet">
          {t.json}
        </a>
      </div>
    </AccountSection>
  );
}
