/** Empty, and made anew for everybody. */
export const dynamic = 'force-dynamic';

export default function Page() {
  return null;
}
