import { LimitFunction } from 'p-limit';
import { SiteRepository } from '../git/SiteRepository';
import { ManualSource } from '../source/ManualSource';
import { TokenPrices } from '../translation/estimateTranslation';
import { TranslationLimits } from '../translation/TranslationLimits';
import { TranslationMemory } from '../translation/TranslationMemory';
import { Translator } from '../translation/Translator';
import { JobStore } from './JobStore';
import { Site } from './Site';
import { Solution } from './Solution';

/** What jobs are done with. */
export type PublishTools = {
  source: ManualSource;
  repository: SiteRepository;
  site: Site;
  jobs: Pick<JobStore, 'publication'>;
  translator: Translator;
  memory: TranslationMemory;
  solutions: readonly Solution[];
  sourceLanguage: string;
  translationLimits: Partial<TranslationLimits>;
  /** Of the translator's calls at a time, for all jobs of this process. */
  translatorCalls: LimitFunction;
  prices?: TokenPrices;
  commitMessages: { export: string; translation: string };
};
