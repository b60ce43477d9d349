/** The entries of a list parameter: Kakao documents commas, its SDKs and most libraries send spaces; both are read. */
export function listed(parameter: string | null): string[] {
  return (parameter ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}
