/** What the bare handler needs, from the variables that the app itself is given. */
export function bareConfig() {
  const { KAKAO_AUTH_ORIGIN, KAKAO_API_ORIGIN, KAKAO_CLIENT_ID, KAKAO_CLIENT_SECRET, NEXTAUTH_URL } =
    process.env;
  return {
    authOrigin: KAKAO_AUTH_ORIGIN ?? '',
    apiOrigin: KAKAO_API_ORIGIN ?? '',
    clientId: KAKAO_CLIENT_ID ?? '',
    clientSecret: KAKAO_CLIENT_SECRET ?? '',
    redirectUri: `${NEXTAUTH_URL}/login/callback`,
  };
}
