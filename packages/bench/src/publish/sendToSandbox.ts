import http, {
  ClientRequest,
  IncomingMessage,
  RequestOptions,
} from 'node:http';
import https from 'node:https';

// Loaded into the process of a peer before it starts: what it asks Notion, the sandbox is asked.

const sandbox = new URL(process.env.HERALD_BENCH_NOTION ?? '');

function requestOfSandbox(
  options: RequestOptions,
  onAnswer?: (answer: IncomingMessage) => void,
): ClientRequest {
  if (options.hostname !== 'api.notion.com') {
    throw new Error(`A request to ${options.hostname}, which is not Notion`);
  }
  return http.request(
    {
      ...options,
      protocol: 'http:',
      hostname: sandbox.hostname,
      port: sandbox.port,
      agent: undefined,
    },
    onAnswer,
  );
}

Object.assign(https, { request: requestOfSandbox });
