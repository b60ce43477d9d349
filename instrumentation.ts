/** Next calls this once before the first request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next tells it only there, and bundles by it
  if (process.env['NEXT_RUNTIME'] === 'nodejs') {
    const { boot } = await import('./lib/server/boot');
    await boot();
  }
}
