import { EventServer } from '@herald/web-test-utils';
import { aNotification } from '../../../testing';

/** The stream of the backend, which says when the past has been told. */
export class StreamServer extends EventServer {
  static async begin() {
    return new StreamServer({ name: 'ready', data: '{}' }).start();
  }

  get discoveryApi() {
    return { getBaseUrl: async () => this.url };
  }

  tellEvent(name: string, data: object | string) {
    this.tell({
      name,
      data: typeof data === 'string' ? data : JSON.stringify(data),
    });
  }

  tellMessage(number: number) {
    // More bytes than characters, so that a cut falls within one, too.
    this.tellEvent(
      'message',
      aNotification(number, { message: 'Всё готово ✓' }),
    );
  }
}
