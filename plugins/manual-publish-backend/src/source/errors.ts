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

/** The question is not taken, by Notion or by something in between, which says nothing of whether there is such a page. */
export class QuestionRefused extends SourceUnavailable {}

/** Notion itself does not take the question: so it answers to the id of something that is no page. */
export class NoPageForNotion extends QuestionRefused {}
