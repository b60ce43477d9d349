import { DatabaseError } from './errors';

/**
 * Repeats a single-statement write while another process holds the lock: the driver waits at most 100 ms,
 * synchronously, so the rest of the waiting is done here without blocking anybody.
 *
 * @throws DatabaseError `busy` after about a second
 */
export async function retryBusy<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (attempt === 5) throw new DatabaseError('busy', 'the database stayed locked', error);
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt + Math.random() * 40));
    }
  }
}

function isBusy(error: unknown): boolean {
  const text = error instanceof Error ? `${Reflect.get(error, 'code')} ${error.message}` : '';
  return /P1008|SQLITE_BUSY|database is locked|Socket timeout/.test(text);
}
