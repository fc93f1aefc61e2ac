import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { text } from 'node:stream/consumers';

export const EMPTY_ROUTE_PATH = '/api/empty/';

/**
 * What a request costs that proves who calls, reads its JSON and stores nothing, behind the host's own middleware: no plugin can
 * answer more of them in a second.
 */
export const emptyRoute = createBackendPlugin({
  pluginId: 'empty',
  register(env) {
    env.registerInit({
      deps: {
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ http, httpAuth }) {
        http.use(async (req, res) => {
          await httpAuth.credentials(req, { allow: ['service'] });
          JSON.parse(await text(req));
          res.json({});
        });
      },
    });
  },
});
