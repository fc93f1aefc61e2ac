import { Router } from 'express';
import {
  MovePageResponse,
  UpdateBlockResponse,
  UpdatePageResponse,
} from '@notionhq/client';
import { NotionError } from './NotionError';
import { NotionView } from './NotionView';
import { NotionThing, NotionWorkspace, PageThing } from './NotionWorkspace';
import { BlockDraft } from './drafts';
import { readChange, readRichText } from './readChange';
import {
  bodyOf,
  failsValidation,
  idAt,
  idFrom,
  isRecord,
  versionOf,
} from './readRequest';
import { plainText } from './richText';

/** The calls by which a program edits as a writer does, below `/v1`. What they refuse changes nothing. */
export function writingRoutes(
  workspace: NotionWorkspace,
  view: NotionView,
): Router {
  const router = Router();

  const sharedPage = (id: string): PageThing => {
    const thing = workspace.findShared(id);
    if (thing?.kind !== 'page') throw NotionError.notFound('page', id);
    return thing;
  };

  /** What is in the trash has to come out of it before anything else. */
  const setTrash = (thing: NotionThing, inTrash: unknown) => {
    if (inTrash !== undefined && typeof inTrash !== 'boolean') {
      throw failsValidation('body', 'body.in_trash', 'a boolean', inTrash);
    }
    if (thing.inTrash && inTrash !== false) {
      throw NotionError.invalid(
        `Can't edit ${thing.kind} that is archived. You must unarchive the ${thing.kind} before editing.`,
      );
    }
    return () => {
      if (inTrash === true) workspace.remove(thing.id);
      if (inTrash === false && thing.inTrash) workspace.restore(thing.id);
    };
  };

  router.patch('/blocks/:block_id', (req, res) => {
    const id = idFrom(req, 'block_id');
    const block = workspace.findShared(id);
    const page = workspace.pageOf(block?.parentId);
    if (!block || !page) throw NotionError.notFound('block', id);
    if (block.kind !== 'block') {
      throw NotionError.invalid(
        `Block ${id} is a child_${block.kind}: update the ${block.kind} instead.`,
      );
    }
    const body = bodyOf(req);
    const { type } = view.block(block, versionOf(req));
    const trash = setTrash(block, body.in_trash);
    const change = readChange(type, body);
    trash();
    if (change) {
      const { content } = block;
      const draft = new BlockDraft(issueMediaUrl =>
        change(content(issueMediaUrl)),
      );
      workspace.edit(page.id, { replace: { blockId: id, with: draft } });
    }
    const answer: UpdateBlockResponse = view.block(block, versionOf(req));
    res.json(answer);
  });

  router.patch('/pages/:page_id', (req, res) => {
    const page = sharedPage(idFrom(req, 'page_id'));
    const body = bodyOf(req);
    const trash = setTrash(page, body.in_trash);
    const title = readTitle(body.properties, view.page(page).properties);
    trash();
    if (title !== undefined) workspace.edit(page.id, { title });
    const answer: UpdatePageResponse = view.page(page);
    res.json(answer);
  });

  router.post('/pages/:page_id/move', (req, res) => {
    const page = sharedPage(idFrom(req, 'page_id'));
    const { parent } = bodyOf(req);
    if (!isRecord(parent)) {
      throw failsValidation('body', 'body.parent', 'an object', parent);
    }
    const to = sharedPage(idAt(parent.page_id, 'body.parent.page_id', 'body'));
    setTrash(page, undefined);
    setTrash(to, undefined);
    if (workspace.isWithin(to.id, page.id)) {
      throw NotionError.invalid('A page cannot be moved into itself.');
    }
    workspace.move(page.id, to.id);
    const answer: MovePageResponse = view.page(page);
    res.json(answer);
  });

  return router;
}

/** A property is named by its name or its id; the title is the only one that pages have here. */
function readTitle(
  properties: unknown,
  known: Record<string, unknown>,
): string | undefined {
  if (properties === undefined) return undefined;
  if (!isRecord(properties)) {
    throw failsValidation('body', 'body.properties', 'an object', properties);
  }
  let title: string | undefined;
  for (const [name, property] of Object.entries(properties)) {
    if (name !== 'title' && !(name in known)) {
      throw NotionError.invalid(`${name} is not a property that exists.`);
    }
    const items = isRecord(property) ? property.title : undefined;
    title = plainText(readRichText(items, `body.properties.${name}.title`));
  }
  return title;
}
