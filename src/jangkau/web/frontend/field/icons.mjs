// The sign of the page as PNG, drawn from the same measures as icon.svg: phones put no SVG on their home screens everywhere.
import { deflateSync } from "node:zlib";

const [VIEW, RADIUS, HALF] = [512, 104, 32]; // of the drawing, of the ring, of its line
const [GROUND, RING] = [[0x0b, 0x64, 0x70], [0xff, 0xff, 0xff]];

const shade = (x, y, size) => {
  const [unit, middle] = [VIEW / size, VIEW / 2];
  const away = Math.abs(Math.hypot((x + 0.5) * unit - middle, (y + 0.5) * unit - middle) - RADIUS) - HALF;
  const ring = Math.min(Math.max(0.5 - away / unit, 0), 1);
  return GROUND.map((value, at) => Math.round(value + (RING[at] - value) * ring));
};

const eighth = (sum) => (sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1);
const TABLE = Array.from({ length: 256 }, (_, byte) => [..."12345678"].reduce(eighth, byte) >>> 0);
const crc32 = (bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

const chunk = (kind, data) => {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

// A square of so many pixels a side, 8 bits of red, green and blue.
export const png = (size) => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2], 8);
  const rows = Array.from({ length: size }, (_, y) => [0, ...Array.from({ length: size }, (_, x) => shade(x, y, size)).flat()]).flat();
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.from(rows), { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
};
