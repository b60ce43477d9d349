import type { Text } from '@/lib/text';
import { AccountSection } from './account-section';

/** Offers everything held about the person as a download. */
export function PersonalData({ t }: { t: Text['personalData'] }) {
  return (
    <AccountSection id="data" title={t.heading} lead={t.lead}>
      <div className="grid gap-2 sm:grid-cols-2">
        <a href="/api/me/export" className="button-quiet" download>
          {t.json}
        </a>
        <a href="/api/me/export?format=csv" className="button" download>
          {t.csv}
        </a>
      </div>
    </AccountSection>
  );
}
