import type http from 'node:http';

/** A refusal as Backstage has it. */
export type Refusal = { status: number; name: string; message: string };

/** Pages of other origins may ask, too: the development server has one of its own. */
export const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': '*',
};

export function send(
  response: http.ServerResponse,
  status: number,
  answer?: object,
): void {
  response.writeHead(status, { ...CORS, 'Content-Type': 'application/json' });
  response.end(answer && JSON.stringify(answer));
}

export function refuse(
  response: http.ServerResponse,
  { status, ...error }: Refusal,
): void {
  send(response, status, { error, response: { statusCode: status } });
}

export async function bodyOf(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}
