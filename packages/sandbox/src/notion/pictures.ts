import { crc32, deflateSync } from 'node:zlib';

type Colour = number;

/** A filled rectangle, in per cent of the picture. */
type Box = readonly [
  left: number,
  top: number,
  width: number,
  height: number,
  colour: Colour,
];

const PAPER = 0xf8fafc;
const LINE = 0x94a3b8;
const BLUE = 0x3b82f6;
const GREEN = 0x10b981;
const SLATE = 0x334155;
const WHITE = 0xffffff;

/** A box above three, with lines between: what pictures of architecture look like. */
export const diagram = (): Buffer =>
  png(800, 320, PAPER, [
    [49.8, 30, 0.5, 20, LINE],
    [18, 50, 64.3, 1, LINE],
    ...[18, 49.8, 81.8].map((at): Box => [at, 50, 0.5, 15, LINE]),
    [36, 10, 28, 25, BLUE],
    [41, 20, 18, 4, WHITE],
    ...[6, 38, 70].flatMap((at): Box[] => [
      [at, 64, 24, 25, GREEN],
      [at + 5, 74, 14, 4, WHITE],
    ]),
  ]);

/** A window with a menu and a table: what pictures of consoles look like. */
export const screen = (): Buffer =>
  png(800, 400, WHITE, [
    [0, 0, 100, 9, SLATE],
    [2, 3, 14, 3, WHITE],
    [0, 9, 22, 91, PAPER],
    ...[16, 26, 36, 46].map((at): Box => [3, at, 14, 3, LINE]),
    [26, 15, 30, 5, SLATE],
    [82, 14, 14, 8, BLUE],
    ...[30, 42, 54, 66, 78, 90].flatMap((at): Box[] => [
      [26, at, 20, 3, LINE],
      [52, at, 12, 3, LINE],
      [88, at - 1, 8, 5, GREEN],
      [26, at + 7, 70, 0.5, PAPER],
    ]),
  ]);

function png(
  width: number,
  height: number,
  paper: Colour,
  boxes: readonly Box[],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const lines = Array.from({ length: height }, (_, y) => {
    const line = Array<Colour>(width).fill(paper);
    for (const [left, top, across, down, colour] of boxes) {
      const row = (y / height) * 100;
      if (row < top || row >= top + down) continue;
      const from = Math.round((left / 100) * width);
      line.fill(colour, from, Math.round(((left + across) / 100) * width));
    }
    const filter = 0;
    return Buffer.from([filter, ...line.flatMap(bytesOf)]);
  });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function bytesOf(colour: Colour): readonly number[] {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
