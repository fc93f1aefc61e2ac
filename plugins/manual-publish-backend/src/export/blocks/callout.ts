import type { ApiColor } from '@notionhq/client';
import { ContainerDirective } from 'mdast-util-directive';
import { PhrasingContent } from 'mdast';
import type { BlockConverter } from '../convertBlock';
import type { BlockOf } from '../Conversion';
import { cleanText } from '../../source/cleanText';
import { paragraphOf } from '../paragraphOf';

const KINDS: Partial<Record<string, string>> = {
  green: 'tip',
  blue: 'info',
  yellow: 'warning',
  red: 'danger',
};

const kindOf = (color: ApiColor | undefined) =>
  KINDS[color?.replace('_background', '') ?? ''] ?? 'note';

/**
 * An admonition, whose kind is the colour. It has no title, so that the site shows its own in the reader's language. Its emoji stands
 * before the text; an icon that is a picture is decoration and left out.
 */
export const callout: BlockConverter<'callout'> = (
  block,
  children,
  conversion,
) => {
  const { rich_text: items, color } = block.callout;
  const text = withIcon(
    iconText(block.callout.icon),
    conversion.richText(items, block),
  );
  const directive: ContainerDirective = {
    type: 'containerDirective',
    name: kindOf(color),
    attributes: {},
    children: [...paragraphOf(text), ...conversion.blocks(children)],
  };
  return [directive];
};

function iconText(icon: BlockOf<'callout'>['callout']['icon']): string {
  switch (icon?.type) {
    case 'emoji':
      return cleanText(icon.emoji);
    case 'custom_emoji':
      return `:${cleanText(icon.custom_emoji.name)}:`;
    default:
      return '';
  }
}

function withIcon(icon: string, text: PhrasingContent[]): PhrasingContent[] {
  if (icon === '') return text;
  const before: PhrasingContent = {
    type: 'text',
    value: text.length > 0 ? `${icon} ` : icon,
  };
  return [before, ...text];
}
