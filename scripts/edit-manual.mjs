// What writers do to the ZCP manual between two publishes, by Notion's own client.
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './toolchain.mjs';

const requireOfSandbox = createRequire(
  path.join(root, 'packages', 'sandbox', 'package.json'),
);

export const edited = {
  heading: 'Calls a minute',
  title: 'Limits',
  /** The text of the heading and the title before. */
  former: { heading: 'The API', title: 'Quotas' },
};

function only(what, found) {
  if (found.length !== 1) throw new Error(`${found.length} times ${what}`);
  return found[0];
}

/**
 * Renames a heading that another page links to, gives a picture another source, retitles the page of the heading, and moves a folder.
 *
 * @param manuals the pages of ZCP, as the portal lists them
 * @returns the id of the page with the heading
 */
export async function editManual(notionUrl, manuals) {
  const { Client } = requireOfSandbox('@notionhq/client');
  const notion = new Client({ auth: 'ntn_sandbox', baseUrl: notionUrl });
  const pageId = title =>
    only(
      `the page ${title}`,
      manuals.filter(each => each.title === title),
    ).id;
  const blocksOf = async title =>
    (await notion.blocks.children.list({ block_id: pageId(title) })).results;

  const quotas = pageId(edited.former.title);
  const heading = only(
    `the heading ${edited.former.heading}`,
    (await blocksOf(edited.former.title)).filter(
      ({ heading_2: each }) =>
        each?.rich_text[0]?.plain_text === edited.former.heading,
    ),
  );
  await notion.blocks.update({
    block_id: heading.id,
    heading_2: { rich_text: [{ text: { content: edited.heading } }] },
  });

  const pictureOf = async title =>
    only(
      `a picture on ${title}`,
      (await blocksOf(title)).filter(({ type }) => type === 'image'),
    );
  const other = await pictureOf('Architecture');
  await notion.blocks.update({
    block_id: (await pictureOf('Getting started')).id,
    image: { external: { url: other.image.file.url } },
  });

  await notion.pages.update({
    page_id: quotas,
    properties: { title: { title: [{ text: { content: edited.title } }] } },
  });
  await notion.pages.move({
    page_id: pageId('Node pools'),
    parent: { page_id: pageId('Reference') },
  });
  return quotas;
}
