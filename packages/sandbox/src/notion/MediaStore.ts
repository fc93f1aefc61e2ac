import { Router } from 'express';
import { createHmac, randomBytes } from 'node:crypto';
import { CallLog } from '../http/CallLog';
import { Clock } from '../http/Clock';
import { Faults } from '../http/Faults';
import { InternalFileResponse } from './sdkTypes';
import { MediaFile, mediaFiles } from './mediaFiles';

/** How long a URL that Notion gives out is good for. */
const LIFETIME_MS = 60 * 60 * 1000;

/** Serves media under signed URLs that expire, as Notion does from its storage; no two URLs are the same. */
export class MediaStore {
  readonly log = new CallLog();
  readonly faults = new Faults();
  readonly #key = randomBytes(32);
  readonly #files = new Map<string, MediaFile>(Object.entries(mediaFiles));
  #issued = 0;

  constructor(
    private readonly clock: Clock,
    private readonly baseUrl: () => string,
  ) {}

  add(name: string, file: MediaFile): void {
    this.#files.set(name, file);
  }

  readonly issueUrl = (name: string): InternalFileResponse => {
    if (!this.#files.has(name)) {
      throw new Error(`The sandbox has no medium named ${name}`);
    }
    this.#issued += 1;
    const expires = this.clock.now() + LIFETIME_MS;
    const query = new URLSearchParams({
      'X-Amz-Expires': '3600',
      expires: String(expires),
      issue: String(this.#issued),
      'X-Amz-Signature': this.#sign(name, expires, this.#issued),
    });
    return {
      url: `${this.baseUrl()}/media/${encodeURIComponent(name)}?${query}`,
      expiry_time: new Date(expires).toISOString(),
    };
  };

  router(): Router {
    const router = Router();
    router.use('/media', this.log.recorder(this.clock));
    router.use(
      '/media',
      this.faults.injector((res, status) => res.status(status).end()),
    );
    router.get('/media/:name', (req, res) => {
      const { name } = req.params;
      const expires = Number(req.query.expires);
      const signature = this.#sign(name, expires, Number(req.query.issue));
      const file = this.#files.get(name);
      if (req.query['X-Amz-Signature'] !== signature || !file) {
        res.status(403).type('application/xml').send(denial('Access Denied'));
        return;
      }
      if (this.clock.now() >= expires) {
        res
          .status(403)
          .type('application/xml')
          .send(denial('Request has expired'));
        return;
      }
      res.setHeader('content-type', file.contentType);
      if (file.claimedLength === undefined) {
        res.end(file.bytes);
        return;
      }
      res.setHeader('content-length', file.claimedLength);
      res.write(file.bytes, () => req.socket.destroy());
    });
    return router;
  }

  #sign(name: string, expires: number, issue: number): string {
    return createHmac('sha256', this.#key)
      .update(`${name}\n${expires}\n${issue}`)
      .digest('hex');
  }
}

function denial(message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
}
