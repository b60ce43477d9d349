/** A refusal of the control API (RFC 9457). */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  /** The invalid member of the body, if the body is the reason. */
  readonly field: string | undefined;

  constructor(status: number, detail: string, field: string | undefined) {
    super(detail);
    this.status = status;
    this.field = field;
  }
}

/** Calls a path below `/__emulator/v1`; `T` is what it answers, `void` for nothing. */
export type Call = <T>(method: string, path: string, body?: object) => Promise<T>;

/** Calls below `root`; rejects with `ControlError`, or with the error of `fetch` when no server answers. */
export function createCall(root: string): Call {
  return async <T>(method: string, path: string, body?: object) => {
    const answer = await fetch(root + path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) {
      const { detail = `status ${answer.status}`, field } = problemIn(text);
      throw new ControlError(answer.status, `${method} ${path}: ${detail}`, field);
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

function problemIn(text: string): { readonly detail?: string; readonly field?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
