import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { BARE_STREAM_PATH } from './liveStreams';

/** What an open response costs by itself: the host's middleware, headers, one event, and then nothing. */
export const bareStreams = createBackendPlugin({
  pluginId: 'bare',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.rootHttpRouter },
      async init({ http }) {
        http.use(BARE_STREAM_PATH, (_req, res) => {
          res.writeHead(200, {
            'content-type': 'text/event-stream',
            'cache-control': 'no-cache, no-transform',
            connection: 'keep-alive',
          });
          res.write('event: ready\ndata: {}\n\n');
        });
      },
    });
  },
});
