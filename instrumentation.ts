type Headers = Readonly<Record<string, string | string[] | undefined>>;

let noteFailure: ((error: unknown, requestId: string) => void) | undefined;

/** Next calls this once before the first request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next tells it only there, and bundles by it
  if (process.env['NEXT_RUNTIME'] === 'nodejs') {
    const { boot } = await import('./lib/server/boot');
    await boot();
    noteFailure = (await import('./lib/server/unavailable')).noteFailure;
  }
}

/** Next calls this for a page that failed, before it answers with the page for that. */
export function onRequestError(error: unknown, { headers }: { readonly headers: Headers }): void {
  noteFailure?.(error, String(headers['x-request-id']));
}
