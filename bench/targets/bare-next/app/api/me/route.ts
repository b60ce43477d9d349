/** Believes whatever the cookie says. */
export async function GET(request: Request): Promise<Response> {
  const session = /(?:^|; )session=([^;]*)/.exec(request.headers.get('cookie') ?? '')?.[1];
  if (!session) return Response.json({ message: 'UNAUTHENTICATED' }, { status: 401 });
  return Response.json(JSON.parse(Buffer.from(session, 'base64url').toString()));
}
