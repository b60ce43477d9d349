/** Whether this can be the id of a consent item, such as `account_email`. */
export function isScopeId(text: string): boolean {
  return /^[a-z_]{1,64}$/.test(text);
}
