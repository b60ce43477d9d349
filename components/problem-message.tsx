import { MessagePage } from './message-page';

interface Props {
  /** Identifies the error in the server's log. */
  digest: string | undefined;
  retry: () => void;
}

/** Apologises in both languages, for when the language of the page cannot be known. */
export function ProblemMessage({ digest, retry }: Props) {
  return (
    <MessagePage title="문제가 생겼어요" body="페이지를 보여 드리지 못했어요. 잠시 뒤에 다시 시도해 주세요.">
      <p lang="en" className="text-muted">
        Something went wrong and this page could not be shown. Please try again in a moment.
      </p>
      {digest && (
        <p className="text-sm text-muted">
          문의 코드 · <span lang="en">Support code</span> <code className="support-code">{digest}</code>
        </p>
      )}
      <button type="button" className="button" onClick={retry}>
        다시 시도 · <span lang="en">Try again</span>
      </button>
      <a className="button-quiet" href="/">
        처음으로 · <span lang="en">Start page</span>
      </a>
    </MessagePage>
  );
}

/** The digest by which Next logs an error that happened on the server. */
export function digestOf(error: unknown): string | undefined {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  return typeof digest === 'string' ? digest : undefined;
}
