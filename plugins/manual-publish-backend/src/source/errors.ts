import { CustomErrorBase } from '@backstage/errors';

/** The page does not exist, or is not shared with the integration. */
export class PageNotFound extends CustomErrorBase {
  readonly name = 'PageNotFound' as const;
  readonly pageId: string;

  constructor(pageId: string) {
    super(
      `Notion has no page ${pageId}, or it is not shared with the integration`,
    );
    this.pageId = pageId;
  }
}

/** The source does not answer, refuses the token, or goes on failing after the retries. */
export class SourceUnavailable extends CustomErrorBase {
  readonly name = 'SourceUnavailable' as const;
}

/** It answers, and does not take the question, which says nothing of whether there is such a page. */
export class QuestionRefused extends SourceUnavailable {}
