import { RichTextItemResponse } from '@notionhq/client';
import { BlockContent } from './blockTypes';
import { NotionError } from './NotionError';
import { failsValidation, isRecord } from './readRequest';
import { text } from './richText';

const LONGEST_TEXT = 2000;
const MOST_ITEMS = 100;

/** What becomes of a block's content. */
export type ContentChange = (content: BlockContent) => BlockContent;

/**
 * What the body of an update wants of a block of this type. Undefined where it says nothing of its content, as one that only goes to the
 * trash does.
 *
 * @throws NotionError - what Notion would not take either
 */
export function readChange(
  type: BlockContent['type'],
  body: Record<string, unknown>,
): ContentChange | undefined {
  const wanted = body[type];
  if (wanted === undefined && typeof body.in_trash === 'boolean') {
    return undefined;
  }
  const place = `body.${type}`;
  if (!isRecord(wanted)) {
    throw failsValidation('body', place, 'defined', wanted);
  }
  switch (type) {
    case 'paragraph':
    case 'heading_1':
    case 'heading_2':
    case 'heading_3':
    case 'heading_4':
      return withText(readRichText(wanted.rich_text, `${place}.rich_text`));
    case 'image':
    case 'video':
    case 'audio':
    case 'pdf':
    case 'file':
      return withExternal(readUrl(wanted.external, `${place}.external`));
    default:
      throw NotionError.invalid(
        `Block type ${type} is not supported for updates by this stand-in.`,
      );
  }
}

function withText(items: RichTextItemResponse[]): ContentChange {
  const texts = { rich_text: items };
  return content => {
    switch (content.type) {
      case 'paragraph':
        return { ...content, paragraph: { ...content.paragraph, ...texts } };
      case 'heading_1':
        return { ...content, heading_1: { ...content.heading_1, ...texts } };
      case 'heading_2':
        return { ...content, heading_2: { ...content.heading_2, ...texts } };
      case 'heading_3':
        return { ...content, heading_3: { ...content.heading_3, ...texts } };
      case 'heading_4':
        return { ...content, heading_4: { ...content.heading_4, ...texts } };
      default:
        return content;
    }
  };
}

const captionOf = ({ caption }: { caption: RichTextItemResponse[] }) => ({
  caption,
});

function withExternal(url: string): ContentChange {
  const medium = { type: 'external' as const, external: { url } };
  return content => {
    switch (content.type) {
      case 'image':
        return {
          type: 'image',
          image: { ...captionOf(content.image), ...medium },
        };
      case 'video':
        return {
          type: 'video',
          video: { ...captionOf(content.video), ...medium },
        };
      case 'audio':
        return {
          type: 'audio',
          audio: { ...captionOf(content.audio), ...medium },
        };
      case 'pdf':
        return { type: 'pdf', pdf: { ...captionOf(content.pdf), ...medium } };
      case 'file':
        return {
          type: 'file',
          file: {
            ...captionOf(content.file),
            ...medium,
            name: url.split('/').at(-1) ?? url,
          },
        };
      default:
        return content;
    }
  };
}

/** Items of text with their styles; mentions and equations are refused, as the stand-in has no writer of them. */
export function readRichText(
  value: unknown,
  place: string,
): RichTextItemResponse[] {
  if (!Array.isArray(value)) {
    throw failsValidation('body', place, 'an array', value);
  }
  if (value.length > MOST_ITEMS) {
    throw failsValidation(
      'body',
      `${place}.length`,
      `≤ \`${MOST_ITEMS}\``,
      value.length,
    );
  }
  return value.map((item, at) => readText(item, `${place}[${at}]`));
}

function readText(item: unknown, place: string): RichTextItemResponse {
  const written = isRecord(item) ? item.text : undefined;
  if (!isRecord(written)) {
    throw failsValidation('body', `${place}.text`, 'defined', written);
  }
  const { content, link } = written;
  if (typeof content !== 'string') {
    throw failsValidation('body', `${place}.text.content`, 'a string', content);
  }
  if (content.length > LONGEST_TEXT) {
    throw failsValidation(
      'body',
      `${place}.text.content.length`,
      `≤ \`${LONGEST_TEXT}\``,
      content.length,
    );
  }
  const url = isRecord(link) ? readUrl(link, `${place}.text.link`) : undefined;
  return text(content, {
    ...stylesOf(isRecord(item) ? item.annotations : undefined),
    ...(url === undefined ? {} : { link: url }),
  });
}

const STYLES = [
  'bold',
  'italic',
  'strikethrough',
  'underline',
  'code',
] as const;

function stylesOf(annotations: unknown) {
  if (!isRecord(annotations)) return {};
  return Object.fromEntries(
    STYLES.map(each => [each, annotations[each] === true]),
  );
}

function readUrl(value: unknown, place: string): string {
  const url = isRecord(value) ? value.url : undefined;
  if (typeof url !== 'string') {
    throw failsValidation('body', `${place}.url`, 'a string', url);
  }
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    throw NotionError.invalid('Invalid image url.');
  }
  return url;
}
