/** Why the examination cannot begin or go on; the message says what to do. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';
}
