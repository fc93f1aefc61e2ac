import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { manualPublishTranslationRef } from '../translation';
import { germanJob } from './german/job';
import { germanJobs } from './german/jobs';
import { germanManuals } from './german/manuals';
import { germanPublish } from './german/publish';

/** Was die Seiten auf Deutsch sagen. */
export default createTranslationMessages({
  ref: manualPublishTranslationRef,
  full: true,
  messages: {
    ...germanManuals,
    ...germanPublish,
    ...germanJob,
    ...germanJobs,
  },
});
