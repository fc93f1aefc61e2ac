import { blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
const BIG = 200_000;

// What a medium is, and whether it is there, has nothing to do with the database.
describe('media that cannot be had', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3', {
      manualPublish: {
        media: {
          maxBytes: BIG / 2,
          allowedPrivateHosts: ['127.0.0.1', 'localhost'],
        },
      },
    });
    manuals.sandbox.notion.media.add('big.png', {
      contentType: 'image/png',
      bytes: Buffer.alloc(BIG),
    });
  });
  afterAll(() => manuals.stop());
  afterEach(() => manuals.mend());

  it('are warnings with a link to the block, and the page is published without them', async () => {
    const { media } = manuals.sandbox.notion;
    media.faults.add({ path: 'photo.jpg', status: 404 });
    const manual = manuals.manual(
      blocks.image('photo.jpg').as('faulty/gone'),
      blocks.image('big.png').as('faulty/big'),
      blocks.image('html-as-image.png').as('faulty/html'),
      blocks.image('http://169.254.169.254/latest/x.png').as('faulty/private'),
      blocks.image('console.png', 'The console'),
    );
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({ status: 'COMPLETED', warning_count: 4 });
    const urlOf = (text: RegExp) =>
      job.warnings.find(({ message }) => text.test(message));
    for (const text of [
      /answered with 404/,
      /more than 100000 bytes/,
      /html/i,
      /not an address of the public internet/,
    ]) {
      expect(urlOf(text)).toMatchObject({
        code: 'media-failed',
        page_id: manual.id(),
        url: expect.stringMatching(
          /^https:\/\/www\.notion\.so\/.+#[0-9a-f]{32}$/,
        ),
      });
    }
    const text = await manuals.repository.read(`${manual.folder}/index.mdx`);
    expect(text.match(/!\[.*?\]\(.*?\)/g)).toEqual([
      expect.stringMatching(/^!\[The console\]\(.*\.png\)$/),
    ]);
    expect(await manuals.leftOvers(job)).toEqual([]);

    // Once it is there again, it is on the page.
    manuals.mend();
    const again = await manuals.publish(manual.order);
    expect(again).toMatchObject({ status: 'COMPLETED', warning_count: 3 });
    expect(
      await manuals.repository.read(`${manual.folder}/index.mdx`),
    ).toContain('.jpg)');
  });

  it('a storage that fails for a while is asked again', async () => {
    manuals.sandbox.notion.media.faults.add({
      path: 'architecture.png',
      times: 1,
      cut: 'before',
    });
    const manual = manuals.manual(blocks.image('architecture.png'));
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({ status: 'COMPLETED', warning_count: 0 });
  });
});
