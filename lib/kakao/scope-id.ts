/**
 * Whether this can be the id of a consent item, such as `account_email`. `constructor` and the like cannot: looked up in
 * a table of names they would be found.
 */
export function isScopeId(text: string): boolean {
  return /^[a-z_]{1,64}$/.test(text) && !(text in Object.prototype);
}
