import { DatabaseError } from './errors';

/**
 * How often what has failed because of others at the same time is done again: after a serialization failure, a deadlock,
 * or a few times after a wait for a lock that was too long, which a deadlock may be too. A write looks again at what is there, so
 * also after a row was inserted meanwhile, or the one it belongs to deleted.
 */
export function retriesAfter(error: unknown, { isWrite }: { readonly isWrite: boolean }): number {
  const state = sqlState(error) ?? '';
  if (state === '55P03') return 2;
  return /^40(001|P01)$/.test(state) || (isWrite && /^2350[35]$/.test(state)) ? 5 : 0;
}

const busy = /^(40001|40P01|55P03|57014)$/;
/** No connection, no rights, no such database, no such table (another version), no room, shutting down, damaged. */
const unusable = /^(08|25006|28|3D|3F|42501|42P01|42703|53|55000|57P|58|F0|XX)/;

/** What a refusal of PostgreSQL means: a {@link DatabaseError} if it is about the whole database, else the refusal itself. */
export function toPostgresqlError(error: unknown): unknown {
  const state = sqlState(error);
  if (state === undefined)
    return isOfConnection(error)
      ? new DatabaseError('unusable', 'the database does not answer', error)
      : error;
  if (busy.test(state)) return new DatabaseError('busy', `the database is busy: ${state}`, error);
  if (!unusable.test(state)) return error;
  return new DatabaseError('unusable', `the database cannot be used: ${state}`, error);
}

/** The five letters and digits by which PostgreSQL names a refusal, its own or in Prisma's words. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { cause } = error as { cause?: { originalCode?: unknown } };
  const code = error.name === 'DriverAdapterError' ? cause?.originalCode : Reflect.get(error, 'code');
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? code : undefined;
}

const connectionKinds = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TlsConnectionError'];

/** What has no name of PostgreSQL's comes from the driver: the connection was refused, lost, or silent for too long. */
function isOfConnection(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof DatabaseError) return false;
  if (error.name !== 'DriverAdapterError') return true;
  const { cause } = error as { cause?: { kind?: string } };
  return connectionKinds.includes(cause?.kind ?? '');
}
