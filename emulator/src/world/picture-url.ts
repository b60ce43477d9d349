import type { User } from './users.ts';
import type { World } from './world.ts';

/**
 * The address of a profile picture of 110 or 640 pixels. As at Kakao it is plain http unless `secure`; with the setting
 * `pictures: 'local'` it is drawn by the emulator itself, under the scheme of its public URL.
 */
export function pictureUrl(user: User, size: 110 | 640, secure: boolean, world: World): string {
  const picture = user.isDefaultImage ? 'default' : user.id;
  if (world.settings.pictures === 'local')
    return `${world.publicUrl}/__emulator/picture?of=${picture}&size=${size}`;
  const file = user.isDefaultImage ? `default_${size}x${size}.jpeg` : `img_${size}x${size}.jpg`;
  return `${secure ? 'https' : 'http'}://k.kakaocdn.net/dn/emulator/${picture}/${file}`;
}
