import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import type { MediaReference } from '../export/ConversionContext';
import { looksLikeSvg, svgDanger } from './svgSafety';

export type MediaType = {
  readonly type: string;
  readonly extension: string;
  readonly width?: number;
  readonly height?: number;
};

type Kind = MediaReference['kind'];

/** Containers do not tell whether there are pictures in them. */
const CONTAINERS = ['application/ogg', 'video/ogg', 'video/mp4', 'video/webm'];

const accepts: Record<Kind, (type: string) => boolean> = {
  image: type => type.startsWith('image/'),
  icon: type => type.startsWith('image/'),
  video: type => type.startsWith('video/') || type === 'application/ogg',
  audio: type => type.startsWith('audio/') || CONTAINERS.includes(type),
  pdf: type => type === 'application/pdf',
  file: () => true,
};

/** A site serves these as pages or programs of its own. */
const SERVED_AS_PAGE =
  /^(html?|xhtml|xht|shtml|mhtml|svgz?|xml|xslt?|js|mjs|cjs|wasm|swf|php\d?|phtml|jsp|aspx?|cgi|mdx?)$/;

/** What a medium is, by its bytes; a text says why it is not taken. */
export async function mediaType(
  bytes: Buffer,
  reference: Pick<MediaReference, 'kind' | 'name'>,
): Promise<MediaType | string> {
  const detected = await fileTypeFromBuffer(bytes);
  const isMarkup = !detected || /xml/.test(detected.mime);
  if (isMarkup) return textType(bytes, reference);
  const { mime: type, ext: extension } = detected;
  if (!accepts[reference.kind](type)) {
    return `It is ${type}, which is no ${reference.kind}`;
  }
  return { type, extension, ...sizeOf(bytes, type) };
}

/** What has no signature is text, or data that only its name tells of. */
function textType(
  bytes: Buffer,
  { kind, name }: Pick<MediaReference, 'kind' | 'name'>,
): MediaType | string {
  const text = bytes.toString('utf8');
  if (looksLikeSvg(text)) {
    const danger = svgDanger(text);
    if (danger) return `The SVG is refused, as ${danger}`;
    const type = 'image/svg+xml';
    return accepts[kind](type)
      ? { type, extension: 'svg', ...sizeOf(bytes, type) }
      : `It is ${type}, which is no ${kind}`;
  }
  const isHtml =
    /^\uFEFF?\s*(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body|script|title|meta|iframe)\b/i.test(
      text,
    );
  if (isHtml) return `It is a web page, which is no ${kind}`;
  if (kind !== 'file') return `Its bytes are of no known kind of ${kind}`;
  const extension = /\.([a-z0-9]{1,10})$/i.exec(name ?? '')?.[1].toLowerCase();
  return extension === undefined || SERVED_AS_PAGE.test(extension)
    ? { type: 'application/octet-stream', extension: 'bin' }
    : { type: 'application/octet-stream', extension };
}

function sizeOf(
  bytes: Buffer,
  type: string,
): { width?: number; height?: number } {
  if (!type.startsWith('image/')) return {};
  try {
    const { width, height } = imageSize(bytes);
    return { width: Math.round(width), height: Math.round(height) };
  } catch {
    // Of a kind whose size is not known; it is shown as large as it is.
    return {};
  }
}
