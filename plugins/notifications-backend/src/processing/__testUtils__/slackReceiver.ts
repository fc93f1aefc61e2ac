import http, { RequestOptions } from 'node:http';
import https from 'node:https';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type SlackCall = { method: string; fields: Record<string, string> };

/**
 * Stands in for Slack on the loopback. The module has no setting for where Slack is, so that its requests to slack.com are turned
 * here, where they leave Node's `https`; the module and its SDK are as they come.
 */
export async function slackReceiver() {
  const calls: SlackCall[] = [];
  const server = http.createServer(async (req, res) => {
    const fields = Object.fromEntries(new URLSearchParams(await text(req)));
    calls.push({ method: req.url?.replace('/api/', '') ?? '', fields });
    res
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ok: true, ts: `${calls.length}.0` }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const turned = jest.spyOn(https, 'request').mockImplementation(((
    options: RequestOptions,
    onAnswer?: (res: http.IncomingMessage) => void,
  ) => {
    if (options.hostname !== 'slack.com') {
      throw new Error(`A request to ${options.hostname} left the test`);
    }
    return http.request(
      {
        ...options,
        protocol: 'http:',
        hostname: '127.0.0.1',
        host: undefined,
        port,
        agent: undefined,
        agents: undefined,
      } as RequestOptions,
      onAnswer,
    );
  }) as typeof https.request);
  return {
    calls,
    async close() {
      turned.mockRestore();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
