import { commitUrls } from './commitUrl';

const SHA = 'f00dcafe';

describe('the address of a commit', () => {
  it.each([
    [
      'https://github.com/example/docs.git',
      'https://github.com/example/docs/commit/f00dcafe',
    ],
    [
      'https://github.example.com/team/docs/',
      'https://github.example.com/team/docs/commit/f00dcafe',
    ],
    [
      'https://gitlab.example.com/group/team/docs.git',
      'https://gitlab.example.com/group/team/docs/-/commit/f00dcafe',
    ],
    [
      'https://bitbucket.org/example/docs.git',
      'https://bitbucket.org/example/docs/commits/f00dcafe',
    ],
    ['https://git.example.com/docs.git', undefined],
    ['https://mygithub.com/docs.git', undefined],
    ['ssh://git@github.com/example/docs.git', undefined],
    ['git@github.com:example/docs.git', undefined],
    [undefined, undefined],
  ])('in %s is %s', (repository, address) => {
    expect(commitUrls(repository, undefined)(SHA)).toBe(address);
  });

  it('is what the configuration says, whatever the host', () => {
    const template = 'https://git.example.com/{sha}?at={sha}';
    expect(
      commitUrls('https://github.com/example/docs.git', template)(SHA),
    ).toBe('https://git.example.com/f00dcafe?at=f00dcafe');
  });
});
