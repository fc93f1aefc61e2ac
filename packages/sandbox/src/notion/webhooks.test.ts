import { verifyWebhookSignature } from '@notionhq/client';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { NotionUnderTest, rootPage } from '../__testUtils__/NotionUnderTest';
import { notionId } from './ids';

describe('webhooks of the Notion stand-in', () => {
  const notion = new NotionUnderTest();
  afterEach(() => notion.stop());

  it('signs webhooks so that the SDK verifies them', async () => {
    await notion.start({ pages: [rootPage()] });
    const received: Array<{ body: string; signature: string | undefined }> = [];
    const receiver = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', chunk => chunks.push(chunk));
      req.on('end', () => {
        const signature = req.headers['x-notion-signature'];
        received.push({
          body: Buffer.concat(chunks).toString(),
          signature: [signature].flat()[0],
        });
        res.end('ok');
      });
    });
    await new Promise<void>(resolve => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    try {
      await notion.sandbox.sendVerification(url);
      const event = notion.sandbox.pageEvent(
        'page.content_updated',
        notionId('root'),
      );
      expect(await notion.sandbox.sendWebhook(url, event)).toEqual({
        status: 200,
        body: 'ok',
      });
    } finally {
      await new Promise(resolve => {
        receiver.close(resolve);
        receiver.closeAllConnections();
      });
    }
    const [handshake, delivery] = received;
    expect(handshake.signature).toBeUndefined();
    const { verification_token: verificationToken } = JSON.parse(
      handshake.body,
    );
    expect(
      await verifyWebhookSignature({ ...delivery, verificationToken }),
    ).toBe(true);
    expect(
      await verifyWebhookSignature({
        ...delivery,
        body: `${delivery.body} `,
        verificationToken,
      }),
    ).toBe(false);
  });
});
