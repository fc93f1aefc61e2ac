import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';

const compress = promisify(deflate);
const expand = promisify(inflate);

/** Far above what a page of ten thousand blocks takes; what is larger does not fit into the memory of a small process. */
const LARGEST_BYTES = 256 * 1024 * 1024;
export const LARGEST_COMPRESSED_BYTES = 32 * 1024 * 1024;

/** Undefined where it is too large to be kept. */
export async function compressJson(
  content: unknown,
): Promise<Buffer | undefined> {
  const text = Buffer.from(JSON.stringify(content));
  if (text.length > LARGEST_BYTES) return undefined;
  const compressed = await compress(text);
  return compressed.length > LARGEST_COMPRESSED_BYTES ? undefined : compressed;
}

/** Only for what `compressJson` wrote; what is inside is as trustworthy as our own tables. */
export async function expandJson<T>(compressed: Buffer): Promise<T> {
  const text = await expand(compressed, { maxOutputLength: LARGEST_BYTES });
  return JSON.parse(text.toString());
}
