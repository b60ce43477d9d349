import type { Text } from './ko';

/** The name of a device, such as "Chrome · Windows", in the language of the reader. */
export function deviceText(device: string | null, t: Text['sessions']): string {
  if (device === null) return t.unknownDevice;
  const names = device.split(' · ').map((name) => t.deviceNames[name] ?? name);
  return names.join(' · ');
}
