import { crc32, deflateSync } from 'node:zlib';

type Rgb = readonly [red: number, green: number, blue: number];

/** Head and shoulders in white on a ground of this colour, `size` pixels wide and high, as PNG (RFC 2083). */
export function drawPng(ground: Rgb, size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits a pixel, each the number of a colour in the palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([...ground, 255, 255, 255])),
    chunk('IDAT', deflateSync(pixels(size))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Row by row; the first byte of each says that it is not filtered. */
function pixels(size: number): Buffer {
  const rows = Buffer.alloc(size * (size + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (isPerson((x + 0.5) / size, (y + 0.5) / size)) rows[y * (size + 1) + 1 + x] = 1;
    }
  }
  return rows;
}

function isPerson(x: number, y: number): boolean {
  const head = (x - 0.5) ** 2 + (y - 0.4) ** 2 < 0.15 ** 2;
  return head || ((x - 0.5) / 0.3) ** 2 + ((y - 0.88) / 0.26) ** 2 < 1;
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}
