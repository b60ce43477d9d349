import { problem } from '@/lib/text/problem';
import { MessagePage } from './message-page';

interface Props {
  /** Identifies the error in the server's log. */
  digest: string | undefined;
  retry: () => void;
}

const { ko, en } = problem;

/** Apologises in both languages, for when the language of the page cannot be known. */
export function ProblemMessage({ digest, retry }: Props) {
  return (
    <MessagePage title={ko.title} body={ko.body}>
      <p lang="en" className="text-muted">
        {en.title}. {en.body}
      </p>
      {digest && (
        <p className="text-sm text-muted">
          {ko.supportCode} · <span lang="en">{en.supportCode}</span>{' '}
          <code className="support-code">{digest}</code>
        </p>
      )}
      <button type="button" className="button" onClick={retry}>
        {ko.retry} · <span lang="en">{en.retry}</span>
      </button>
      <a className="button-quiet" href="/">
        {ko.home} · <span lang="en">{en.home}</span>
      </a>
    </MessagePage>
  );
}

/** The digest by which Next logs an error that happened on the server. */
export function digestOf(error: unknown): string | undefined {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  return typeof digest === 'string' ? digest : undefined;
}
