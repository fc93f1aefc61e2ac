import german from '../../translations/de';
import { refused } from '../../testing';
import { emptyForm, type SendForm } from './sendForm';
import { problemsOf, problemsOfRefusal, type Say } from './sendProblems';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const say: Say = (mistake, { refs }) =>
  `(${[mistake, refs].filter(Boolean).join(' ')})`;
const filled: SendForm = {
  ...emptyForm,
  targets: ['user:default/guest'],
  title: 'A title',
  origin: 'me',
};

describe('problemsOf', () => {
  it('finds none where there is none', () => {
    expect(problemsOf(filled, NOW, say)).toEqual({});
  });

  it('finds all at once, each at its field', () => {
    expect(
      problemsOf(
        {
          ...emptyForm,
          // eslint-disable-next-line no-script-url
          link: 'javascript:alert(1)',
          actions: [{ title: '', url: '//evil.example.com' }],
          expiresAt: new Date(NOW),
        },
        NOW,
        say,
      ),
    ).toEqual({
      targets: '(noTargets)',
      title: '(blank)',
      origin: '(blank)',
      link: '(badLink)',
      'actions.0.title': '(blank)',
      'actions.0.url': '(badLink)',
      expiresAt: '(expiresInPast)',
    });
  });

  it('asks nobody to be chosen for everybody', () => {
    const form: SendForm = { ...filled, audience: 'everybody', targets: [] };
    expect(problemsOf(form, NOW, say)).toEqual({});
  });

  it('refuses what expires before it is sent', () => {
    const form = {
      ...filled,
      sendAt: new Date(NOW + 2_000),
      expiresAt: new Date(NOW + 1_000),
    };
    expect(problemsOf(form, NOW, say)).toEqual({
      expiresAt: '(expiresBeforeSent)',
    });
  });
});

describe('problemsOfRefusal', () => {
  it.each([
    [400, 'Field title: must not be blank', { title: '(notAccepted)' }],
    [
      400,
      'Field targetGroups.0: must be a group; Field actions.1.url: is wrong (was "x")',
      { targets: '(notAccepted)', 'actions.1.url': '(notAccepted)' },
    ],
    [
      400,
      'Field expiresAt: must be later than the message is sent (was "x")',
      { expiresAt: '(expiresBeforeSent)' },
    ],
    [400, 'Something else', { form: '(notAccepted)' }],
    [
      400,
      'Field document_title: is not known',
      { documentTitle: '(notAccepted)' },
    ],
    [
      404,
      'Not in the catalog: user:default/guest',
      { targets: '(unknownTargets user:default/guest)' },
    ],
    [
      404,
      'Nobody in the catalog owns: user:default/guest',
      { targets: '(ownerlessTargets user:default/guest)' },
    ],
    [
      404,
      'Not in the catalog: user:default/gone',
      { exclusions: '(unknownTargets user:default/gone)' },
    ],
    [403, 'No', { form: '(denied)' }],
    [413, 'Too large', { form: '(tooLarge)' }],
    [429, 'Wait', { form: '(tooFast)' }],
    [503, 'Later', { form: '(unavailable)' }],
    [500, 'A bug', { form: '(broken)' }],
  ])('%i, "%s"', (status, message, problems) => {
    const form = { ...filled, exclusions: ['user:default/gone'] };
    expect(problemsOfRefusal(refused(status), message, form, say)).toEqual(
      problems,
    );
  });
});

describe('what is wrong is said in the language of the page', () => {
  const messages: Record<string, string | null> = german.messages;
  const inGerman: Say = mistake => messages[`send.${mistake}`] ?? '';
  const words = new Set(Object.values(messages));

  it.each<[string, Partial<SendForm>]>([
    ['title', { title: 'x'.repeat(501) }],
    ['title', { title: '\u200b' }],
    ['title', { title: 'a\0' }],
    ['message', { message: '\ud800' }],
    ['origin', { origin: 'x'.repeat(201) }],
    ['link', { link: '//evil' }],
    ['link', { link: `/${'x'.repeat(2_048)}` }],
    ['actions.0.title', { actions: [{ title: ' ', url: '/' }] }],
    ['actions', { actions: Array(11).fill({ title: 't', url: '/' }) }],
    ['targets', { targets: Array(1_001).fill('user:default/guest') }],
    ['targets', { targets: ['user:default/'] }],
    ['solution', { solution: 'x'.repeat(201) }],
    ['icon', { icon: 'x'.repeat(101) }],
    ['scope', { scope: 'a\0' }],
    ['metadata', { metadata: '[1]' }],
    ['metadata', { metadata: '{' }],
    ['metadata', { metadata: `{"a":"${'x'.repeat(17_000)}"}` }],
    ['metadata', { metadata: `${'{"a":'.repeat(25)}1${'}'.repeat(25)}` }],
    ['metadata', { metadata: '{"a":"\\u0000"}' }],
  ])('of %s: %j', (field, wrong) => {
    const problems = problemsOf({ ...filled, ...wrong }, NOW, inGerman);
    expect(Object.keys(problems)).toEqual([field]);
    expect(words).toContain(problems[field]);
  });
});
