import type { Text } from '@/lib/text';
import { AccountSection } from './account-section';

/** The way to leave, on the account page. */
export function LeaveSection({ t }: { t: Text['leave'] }) {
  return (
    <AccountSection id="leave" title={t.heading} lead={t.lead}>
      <a href="/account/leave" className="button">
        {t.open}
      </a>
    </AccountSection>
  );
}
