import type { PageObjectResponse } from '@notionhq/client';
import type { Yaml } from 'mdast';
import { stringify } from 'yaml';
import { cleanText } from '../source/cleanText';
import { PlannedPage } from './SitePlan';

type Property = PageObjectResponse['properties'][string];

/**
 * What Docusaurus is told of a page. Texts are always quoted: it reads an older YAML, in which `no` and `2026-11-22` are no texts.
 * Rows of databases may have the properties Description (text) and Keywords (several options).
 */
export function frontMatter({ title, position, snapshot }: PlannedPage): Yaml {
  const properties = new Map(
    Object.entries(snapshot.page.properties).map(([name, property]) => [
      name.toLowerCase(),
      property,
    ]),
  );
  const description = textOf(properties.get('description'));
  const keywords = optionsOf(properties.get('keywords'));
  const value = stringify(
    {
      title,
      sidebar_position: position,
      ...(description && { description }),
      ...(keywords.length > 0 && { keywords }),
    },
    {
      defaultKeyType: 'PLAIN',
      defaultStringType: 'QUOTE_DOUBLE',
      lineWidth: 0,
    },
  );
  return { type: 'yaml', value: value.trimEnd() };
}

function textOf(property: Property | undefined): string {
  if (property?.type !== 'rich_text') return '';
  const text = property.rich_text.map(item => item.plain_text).join('');
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function optionsOf(property: Property | undefined): readonly string[] {
  if (property?.type !== 'multi_select') return [];
  return property.multi_select.map(({ name }) => cleanText(name));
}
