import type { MetadataRoute } from 'next';
import { service } from '@/lib/server/service';
import { text } from '@/lib/text';

const pictures = [
  { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
];

/** What a phone shows of this service on its home screen. */
export default function manifest(): MetadataRoute.Manifest {
  const { icon, palette } = service();
  const { site } = text('ko', service());
  const given = icon && {
    src: icon,
    ...(icon.endsWith('.svg') ? { sizes: 'any', type: 'image/svg+xml' } : { type: 'image/png' }),
  };
  return {
    id: '/',
    name: site.name,
    short_name: site.name,
    description: site.description,
    lang: 'ko',
    start_url: '/',
    display: 'browser',
    background_color: palette.page.light,
    theme_color: palette.surface.light,
    icons: given ? [given] : pictures,
  };
}
