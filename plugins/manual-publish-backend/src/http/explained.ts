import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { PageNotFound, SourceUnavailable } from '../source/errors';

/** Says in the words of HTTP what the domain has thrown. */
export function explained(error: unknown): unknown {
  if (error instanceof PageNotFound) {
    return new NotFoundError(`Field notion_page_id: ${error.message}`);
  }
  if (error instanceof SourceUnavailable) {
    return new ServiceUnavailableError(error.message);
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new ServiceUnavailableError(
      'Notion has not answered in time; try again',
    );
  }
  return error;
}
