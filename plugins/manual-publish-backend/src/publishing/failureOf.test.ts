import { GitOperationError, RepositoryAccessError } from '../git/errors';
import { PageNotFound, SourceUnavailable } from '../source/errors';
import { TranslationFailed } from '../translation/errors';
import { failureOf } from './failureOf';
import { SolutionGone } from './Solution';

const ofTheDisk = (code: string) =>
  Object.assign(new Error(`${code}: write '/var/secret/place'`), { code });

describe('why a job failed', () => {
  it.each([
    [new RepositoryAccessError('no token'), 'REPO_ACCESS', /no token/],
    [new GitOperationError('a hook'), 'GIT_OPERATION_FAILED', /a hook/],
    [new SourceUnavailable('no answer'), 'EXPORT_FAILED', /no answer/],
    [new SolutionGone('ZCP'), 'EXPORT_FAILED', /ZCP is not configured/],
    [
      new TranslationFailed('ko', { total: 2, untranslated: 1 }, 'too much'),
      'TRANSLATION_FAILED',
      /into ko failed: too much/,
    ],
  ])('is %s as %s, in its words', (error, reason, words) => {
    const failure = failureOf(error, 'EXPORTING');
    expect(failure).toMatchObject({ reason });
    expect(failure.detail).toMatch(words);
  });

  it('names the page that is not there', () => {
    expect(failureOf(new PageNotFound('p-1'), 'EXPORTING')).toMatchObject({
      reason: 'PAGE_NOT_FOUND',
      pageId: 'p-1',
    });
  });

  it.each([
    ['ENOSPC', 'EXPORTING', 'EXPORT_FAILED', /no space/],
    ['EDQUOT', 'TRANSLATING', 'TRANSLATION_FAILED', /quota/],
    ['EROFS', 'CLONING', 'GIT_OPERATION_FAILED', /read-only/],
    ['EACCES', 'PUSHING', 'GIT_OPERATION_FAILED', /may not be written/],
    ['EMFILE', 'EXPORTING', 'EXPORT_FAILED', /too many files/],
  ] as const)(
    'is %s of the machine in %s as %s, without where it was',
    (code, state, reason, words) => {
      const failure = failureOf(ofTheDisk(code), state);
      expect(failure.reason).toBe(reason);
      expect(failure.detail).toMatch(words);
      expect(failure.detail).not.toContain('secret');
    },
  );

  it.each([new Error('secret'), ofTheDisk('EIO'), 'secret', undefined])(
    'is told to nobody where it was not foreseen: %s',
    error => {
      const failure = failureOf(error, 'TRANSLATING');
      expect(failure.reason).toBe('INTERNAL');
      expect(JSON.stringify(failure)).not.toContain('secret');
    },
  );
});
