import { translationProblems } from '@herald/web-test-utils';
import { manualPublishTranslationRef } from '../translation';
import german from './de';

it('the German translation has every message with its placeholders', () => {
  expect(translationProblems(manualPublishTranslationRef, german)).toEqual([]);
});
