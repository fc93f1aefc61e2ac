import { EventSourceMessage, createParser } from 'eventsource-parser';

export type OpenedStream = {
  status: number;
  headers: Headers;
  events: EventSourceMessage[];
  /** Resolves as soon as an event is there for which this holds; the test's own timeout is the limit. */
  until(
    holds: (event: EventSourceMessage) => boolean,
  ): Promise<EventSourceMessage>;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  close(): void;
};

/** Follows server-sent events as a browser's fetch does. */
export async function openStream(
  url: string,
  headers: Record<string, string>,
): Promise<OpenedStream> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const events: EventSourceMessage[] = [];
  const waiting = new Set<() => void>();
  const parser = createParser({
    onEvent: event => {
      events.push(event);
      waiting.forEach(check => check());
    },
  });
  const ended = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        parser.feed(decoder.decode(chunk, { stream: true }));
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  })();
  return {
    status: response.status,
    headers: response.headers,
    events,
    ended,
    close: () => abort.abort(),
    until: holds =>
      new Promise(resolve => {
        const check = () => {
          const found = events.find(holds);
          if (found) {
            waiting.delete(check);
            resolve(found);
          }
        };
        waiting.add(check);
        check();
      }),
  };
}
