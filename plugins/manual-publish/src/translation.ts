import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { common } from './translations/english/common';
import { job } from './translations/english/job';
import { card, jobs } from './translations/english/jobs';
import { manuals } from './translations/english/manuals';
import { publish } from './translations/english/publish';

/** What the pages say, in English; a host overrides or translates it by this ref. @public */
export const manualPublishTranslationRef = createTranslationRef({
  id: 'plugin.manual-publish',
  messages: { ...common, manuals, publish, job, jobs, card },
});
