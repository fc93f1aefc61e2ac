import { translationProblems } from '@herald/web-test-utils';
import { notificationsTranslationRef } from '../translation';
import german from './de';

it('the German translation has every message with its placeholders', () => {
  expect(translationProblems(notificationsTranslationRef, german)).toEqual([]);
});
