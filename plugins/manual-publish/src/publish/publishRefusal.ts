import { errorDetail, statusOf } from '@herald/frontend';

/** Where on the form a refusal is said, and which sentence says it. */
export type PublishRefusal = {
  field: 'languages' | 'form';
  sentence:
    | 'noLanguage'
    | 'languages'
    | 'page'
    | 'denied'
    | 'unknown'
    | 'unconfigured'
    | 'signedOut'
    | 'offline'
    | 'other';
  /** What the server said, for what the sentence leaves open. */
  detail: string;
};

/** The server names the field at fault in its messages, which are English; the page says the rest. */
export function publishRefusal(error: unknown): PublishRefusal {
  const detail = errorDetail(error) ?? String(error);
  const onForm = (sentence: PublishRefusal['sentence']): PublishRefusal => ({
    field: 'form',
    sentence,
    detail,
  });
  switch (statusOf(error)) {
    case undefined:
      return onForm('offline');
    case 400:
      if (/target_languages|language/i.test(detail)) {
        return { field: 'languages', sentence: 'languages', detail };
      }
      return onForm(/notion_page_id|page/i.test(detail) ? 'page' : 'other');
    case 401:
      return onForm('signedOut');
    case 403:
      return onForm('denied');
    case 404:
      return onForm('unknown');
    case 503:
      return onForm('unconfigured');
    default:
      return onForm('other');
  }
}
