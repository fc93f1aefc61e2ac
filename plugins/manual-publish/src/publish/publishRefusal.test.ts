import { publishRefusal } from './publishRefusal';

const refused = (statusCode: number, message: string) =>
  Object.assign(new Error('Request failed'), {
    statusCode,
    cause: Object.assign(new Error(message), { name: 'InputError' }),
  });

describe('where a refusal is said', () => {
  it('is at the languages where the server names them', () => {
    expect(
      publishRefusal(refused(400, 'target_languages: "xx" is unknown')),
    ).toEqual({
      field: 'languages',
      sentence: 'languages',
      detail: 'target_languages: "xx" is unknown',
    });
  });

  it.each([
    [400, 'notion_page_id: is not of ZCP', 'page'],
    [403, 'no', 'denied'],
    [404, 'no', 'unknown'],
    [503, 'manualPublish.notion.token is missing', 'unconfigured'],
    [401, 'no', 'signedOut'],
    [500, 'no', 'other'],
  ])('is on the form for %d %s', (status, message, sentence) => {
    expect(publishRefusal(refused(status, message))).toEqual({
      field: 'form',
      sentence,
      detail: message,
    });
  });

  it('tells a server that cannot be reached from one that refuses', () => {
    expect(publishRefusal(new TypeError('Failed to fetch')).sentence).toBe(
      'offline',
    );
  });
});
