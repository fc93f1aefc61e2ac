import { readAnswer } from './readAnswer';

const read = (content: string) =>
  Object.fromEntries(readAnswer(content, ['s1', 's2']));

describe('the answer of a model', () => {
  it.each([
    ['an object by id', '{"s1":"a","s2":"b"}'],
    ['an object within segments', '{"segments":{"s1":"a","s2":"b"}}'],
    [
      'a list within segments',
      '{"segments":[{"id":"s1","text":"a"},{"id":"s2","text":"b"}]}',
    ],
    ['a list', '[{"id":"s2","text":"b"},{"id":"s1","text":"a"}]'],
    ['any of it in a fence', '```json\n{"s1":"a","s2":"b"}\n```\n'],
    ['a fence without a language', ' ```\n{"s1":"a","s2":"b"}\n```'],
  ])('may be %s', (_, content) => {
    expect(read(content)).toEqual({ s1: 'a', s2: 'b' });
  });

  it.each([
    ['prose', 'Here you are'],
    ['nothing', ''],
    ['cut off', '{"s1":"a","s2'],
    ['a number', '42'],
    ['null', 'null'],
    ['texts that are none', '{"s1":1,"s2":{"text":"b"}}'],
    ['other ids', '{"s3":"a","__proto__":"b"}'],
  ])('is empty where it is %s', (_, content) => {
    expect(read(content)).toEqual({});
  });

  it('has those that are there', () => {
    expect(read('{"s1":"a","s2":null,"s9":"c"}')).toEqual({ s1: 'a' });
  });
});
