import { diagram, screen } from './pictures';

export interface MediaFile {
  contentType: string;
  bytes: Buffer;
  /** What `content-length` claims, when that is not what there is: the connection is then cut after the bytes. */
  claimedLength?: number;
}

/** Media that the sandbox serves, by name. Each is small, and really of its kind unless its name says otherwise. */
export const mediaFiles: Readonly<Record<string, MediaFile>> = {
  'architecture.png': { contentType: 'image/png', bytes: diagram() },
  'console.png': { contentType: 'image/png', bytes: screen() },
  'photo.jpg': { contentType: 'image/jpeg', bytes: jpg() },
  'guide.pdf': { contentType: 'application/pdf', bytes: pdf() },
  'tour.mp4': { contentType: 'video/mp4', bytes: mp4() },
  'chime.wav': { contentType: 'audio/wav', bytes: wav() },
  'values.yaml': {
    contentType: 'application/x-yaml',
    bytes: Buffer.from('replicas: 2\nimage: zcp/console:1.4\n'),
  },
  'html-as-image.png': {
    contentType: 'image/png',
    bytes: Buffer.from('<!doctype html><title>Sign in</title><p>Not an image'),
  },
  'huge.mp4': {
    contentType: 'video/mp4',
    bytes: Buffer.alloc(64 * 1024),
    claimedLength: 5 * 1024 ** 3,
  },
};

/** One pixel; the end marker stands apart, as the scan before it is empty. */
function jpg(): Buffer {
  const image = `/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP${'/'.repeat(
    86,
  )}wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=`;
  return Buffer.concat([
    Buffer.from(image, 'base64'),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** One empty page. */
function pdf(): Buffer {
  const objects = [
    '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n',
    '2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n',
    '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>\nendobj\n',
  ];
  let body = '%PDF-1.4\n';
  const entries = objects.map(object => {
    const offset = String(body.length).padStart(10, '0');
    body += object;
    return `${offset} 00000 n \n`;
  });
  return Buffer.from(
    `${body}xref\n0 4\n0000000000 65535 f \n${entries.join('')}` +
      `trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

/** The boxes of a film of no length: players open it and show nothing. */
function mp4(): Buffer {
  const movieHeader = Buffer.alloc(100);
  movieHeader.writeUInt32BE(1000, 12);
  movieHeader.writeUInt32BE(0x00010000, 20);
  movieHeader.writeUInt32BE(1, 96);
  return Buffer.concat([
    mp4Box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    mp4Box('moov', mp4Box('mvhd', movieHeader)),
  ]);
}

function mp4Box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** A tenth of a second of silence. */
function wav(): Buffer {
  const samples = Buffer.alloc(800, 128);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
