import {
  ManualClock,
  NotionSandbox,
  blocks,
  notionId,
  page,
  startNotionSandbox,
} from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { Client, LogLevel, isFullBlock } from '@notionhq/client';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseMedia } from '../database/DatabaseMedia';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import type { MediaReference } from '../export/ConversionContext';
import { mediumOf } from '../export/mediaReference';
import { MediaFetcher, MediaFetcherOptions } from './MediaFetcher';

const databases = testEngines();
const HOUR = 60 * 60_000;
const { signal } = new AbortController();

describe.each(databases.eachSupportedId())('MediaFetcher on %s', engine => {
  const clock = new ManualClock();
  let knex: Knex;
  let notion: NotionSandbox;
  let cacheDir: string;
  let fetcher: MediaFetcher;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, engine);
  });
  beforeEach(async () => {
    cacheDir = await mkdtemp(path.join(tmpdir(), 'herald-media-'));
    notion = await startNotionSandbox({ clock });
    fetcher = newFetcher();
  });
  afterEach(async () => {
    await fetcher.close();
    await notion.stop();
    await rm(cacheDir, { recursive: true });
    await knex('herald_media').delete();
  });

  function newFetcher(options: Partial<MediaFetcherOptions> = {}) {
    return new MediaFetcher({
      store: new DatabaseMedia(knex),
      cacheDir,
      allowedPrivateHosts: ['127.0.0.1'],
      firstPauseMs: 1,
      now: () => new Date(clock.now()),
      ...options,
    });
  }

  const block = async (id: string) => {
    const client = new Client({
      auth: notion.token,
      baseUrl: notion.url,
      logLevel: LogLevel.ERROR,
    });
    const answer = await client.blocks.retrieve({ block_id: id });
    return isFullBlock(answer) ? answer : undefined;
  };

  /** A medium as a page has it, with the URL that Notion gives at this moment. */
  async function medium(
    name: string,
    kind: 'image' | 'video' | 'audio' | 'pdf' | 'file' = 'image',
    key = name,
  ): Promise<MediaReference> {
    notion.workspace.add(page(`With ${key}`).with(blocks[kind](name).as(key)));
    const answer = await block(notionId(key));
    const found = answer && mediumOf(answer);
    if (!found) throw new Error(`${name} is no medium`);
    return found.reference;
  }

  const fetchMedium = (reference: MediaReference) =>
    fetcher.fetch(reference, { signal, refresh: block });

  const addFile = (name: string, content: string | Buffer) =>
    notion.media.add(name, {
      contentType: 'image/svg+xml',
      bytes: Buffer.from(content),
    });

  it('keeps a file under the name of its content, with its type and size', async () => {
    const fetched = await fetchMedium(await medium('architecture.png'));
    expect(fetched).toEqual({
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      type: 'image/png',
      extension: 'png',
      bytes: expect.any(Number),
      width: 800,
      height: 320,
      file: expect.stringContaining(cacheDir),
    });
    if ('reason' in fetched) throw new Error(fetched.message);
    const bytes = await readFile(fetched.file);
    expect(bytes).toHaveLength(fetched.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(fetched.hash);
    expect(path.basename(fetched.file)).toBe(`${fetched.hash}.png`);
  });

  it.each([
    ['photo.jpg', 'image', 'image/jpeg'],
    ['tour.mp4', 'video', 'video/mp4'],
    ['chime.wav', 'audio', 'audio/wav'],
    ['guide.pdf', 'pdf', 'application/pdf'],
    ['values.yaml', 'file', 'application/octet-stream'],
  ] as const)('takes %s as %s', async (name, kind, type) => {
    expect(await fetchMedium(await medium(name, kind))).toMatchObject({
      type,
      extension: path.extname(name).slice(1),
    });
  });

  it('downloads no file twice, although its URL is another each time', async () => {
    const first = await fetchMedium(await medium('photo.jpg'));
    fetcher = newFetcher();
    const again = mediumOf((await block(notionId('photo.jpg'))) ?? fail());
    expect(await fetchMedium(again?.reference ?? fail())).toEqual(first);
    expect(notion.media.log.calls).toHaveLength(1);
  });

  it('downloads a file once for all who want it at the same time', async () => {
    const reference = await medium('photo.jpg');
    await Promise.all([1, 2, 3].map(() => fetchMedium(reference)));
    expect(notion.media.log.calls).toHaveLength(1);
  });

  it('downloads a file again where the cache has lost it', async () => {
    const reference = await medium('photo.jpg');
    await fetchMedium(reference);
    await rm(cacheDir, { recursive: true });
    expect(await fetchMedium(reference)).toMatchObject({ type: 'image/jpeg' });
    expect(notion.media.log.calls).toHaveLength(2);
  });

  it('takes from what is published what a new disk does not have, unless somebody changed it', async () => {
    const reference = await medium('architecture.png');
    const first = await fetchMedium(reference);
    if ('reason' in first) throw new Error(first.message);
    const bytes = await readFile(first.file);
    const downloads = () => notion.media.log.calls.length;
    const before = downloads();
    const onNewDisk = async (published: Buffer) => {
      await rm(first.file);
      return fetcher.fetch(reference, {
        signal,
        refresh: block,
        published: async ({ hash }) =>
          hash === first.hash ? published : undefined,
      });
    };
    expect(await onNewDisk(bytes)).toEqual(first);
    expect(await readFile(first.file)).toEqual(bytes);
    expect(downloads()).toBe(before);
    expect(await onNewDisk(Buffer.from('other'))).toEqual(first);
    expect(downloads()).toBe(before + 1);
  });

  it('asks for a fresh URL where it has expired', async () => {
    const reference = await medium('photo.jpg');
    clock.advance(2 * HOUR);
    expect(await fetchMedium(reference)).toMatchObject({ type: 'image/jpeg' });
    expect(notion.media.log.calls.map(({ status }) => status)).toEqual([
      403, 200,
    ]);
  });

  it('asks for a fresh URL twice at most', async () => {
    notion.media.faults.add({ status: 403 });
    const fetched = await fetchMedium(await medium('photo.jpg'));
    expect(fetched).toMatchObject({ reason: 'gone' });
    expect(notion.media.log.calls).toHaveLength(3);
  });

  it('says that a medium is gone with its block', async () => {
    const reference = await medium('photo.jpg');
    clock.advance(2 * HOUR);
    const fetched = await fetcher.fetch(reference, {
      signal,
      refresh: async () => undefined,
    });
    expect(fetched).toMatchObject({ reason: 'gone' });
  });

  it('tries again after a failure of the storage and a connection that was cut', async () => {
    notion.media.faults.add({ status: 503, times: 1 });
    notion.media.faults.add({ cut: 'midway', times: 1 });
    expect(await fetchMedium(await medium('photo.jpg'))).toMatchObject({
      type: 'image/jpeg',
    });
  });

  it('gives up on a storage that goes on failing', async () => {
    notion.media.faults.add({ status: 500 });
    expect(await fetchMedium(await medium('photo.jpg'))).toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('500'),
    });
    expect(await readdir(cacheDir)).toEqual([]);
  });

  it('does not begin to read what says that it is too large', async () => {
    expect(await fetchMedium(await medium('huge.mp4', 'video'))).toMatchObject({
      reason: 'too-large',
    });
    expect(notion.media.log.calls).toHaveLength(1);
  });

  it('stops reading what turns out to be too large', async () => {
    addFile('large.bin', Buffer.alloc(300_000));
    fetcher = newFetcher({ maxBytes: 1000 });
    expect(await fetchMedium(await medium('large.bin', 'file'))).toMatchObject({
      reason: 'too-large',
    });
  });

  it('refuses a web page that claims to be an image', async () => {
    expect(await fetchMedium(await medium('html-as-image.png'))).toMatchObject({
      reason: 'wrong-type',
      message: expect.stringContaining('web page'),
    });
  });

  it('refuses a film that claims to be an image', async () => {
    addFile(
      'film.png',
      Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2mp41', 'latin1'),
    );
    expect(await fetchMedium(await medium('film.png'))).toMatchObject({
      reason: 'wrong-type',
    });
  });

  it('never gives a file an extension that a site serves as a page', async () => {
    addFile('notes.html', 'just text');
    expect(await fetchMedium(await medium('notes.html', 'file'))).toMatchObject(
      {
        extension: 'bin',
      },
    );
  });

  it('takes an SVG that only draws', async () => {
    addFile(
      'logo.svg',
      '<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><path d="M0 0"/></svg>',
    );
    expect(await fetchMedium(await medium('logo.svg'))).toMatchObject({
      type: 'image/svg+xml',
      extension: 'svg',
      width: 30,
      height: 20,
    });
  });

  it('refuses an SVG that does more', async () => {
    addFile(
      'evil.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    );
    expect(await fetchMedium(await medium('evil.svg'))).toMatchObject({
      reason: 'wrong-type',
      message: expect.stringContaining('script'),
    });
  });

  const elsewhere = (url: string): MediaReference => ({
    blockId: notionId('elsewhere'),
    kind: 'image',
    url,
    isHosted: false,
  });

  it.each([
    'http://127.0.0.1:PORT/media/x',
    'http://localhost:PORT/media/x',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://100.64.0.1/',
  ])('does not connect to %s', async url => {
    fetcher = newFetcher({ allowedPrivateHosts: [] });
    const { port } = new URL(notion.url);
    const fetched = await fetchMedium(elsewhere(url.replace('PORT', port)));
    expect(fetched).toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('not an address of the public internet'),
    });
    expect(notion.media.log.calls).toHaveLength(0);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/x',
    'data:image/png,x',
    'x',
  ])('does not follow %s', async url => {
    expect(await fetchMedium(elsewhere(url))).toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('neither http nor https'),
    });
  });

  it('ends at once with its signal', async () => {
    notion.media.faults.add({ delayMs: 60_000 });
    const stop = new AbortController();
    const fetching = fetcher.fetch(await medium('photo.jpg'), {
      signal: stop.signal,
    });
    stop.abort(new Error('Cancelled'));
    await expect(fetching).rejects.toThrow('Cancelled');
  });

  it('forgets what was not used for long, and sweeps away the files of what was forgotten, here or elsewhere', async () => {
    await fetchMedium(await medium('photo.jpg', 'image', 'old'));
    await fetchMedium(await medium('console.png', 'image', 'alone'));
    clock.advance(24 * HOUR);
    const recent = await fetchMedium(await medium('photo.jpg', 'image', 'new'));
    await writeFile(path.join(cacheDir, 'half.png.1.part'), 'cut short');
    await fetcher.forget(new Date(clock.now() - HOUR));
    // Files that are young may not have been written down yet.
    const before = (await readdir(cacheDir, { recursive: true })).sort();
    await fetcher.sweep(new Date(0));
    expect((await readdir(cacheDir, { recursive: true })).sort()).toEqual(
      before,
    );
    await fetcher.sweep(new Date(Date.now() + HOUR));
    const left = await readdir(cacheDir, { recursive: true });
    if ('reason' in recent) throw new Error(recent.message);
    expect(left.filter(name => /\.\w+$/.test(name))).toEqual([
      path.relative(cacheDir, recent.file),
    ]);
    expect(await knex('herald_media')).toHaveLength(1);
  });
});

function fail(): never {
  throw new Error('The block is not there');
}
