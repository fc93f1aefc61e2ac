import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { CanonicalNode, canonical } from '../mdx/canonical';
import { firstDifference } from '../mdx/firstDifference';
import { proveMdx } from '../mdx/proveMdx';
import { readMdx } from '../mdx/readMdx';
import { writeMdx } from '../mdx/writeMdx';
import { anyRoot, hostileWords } from './__testUtils__/arbitraryRoot';
import { faultOf, normalised } from './faultOf';
import { placesOf } from './placesOf';
import { pseudoLocalized } from './PseudoTranslator';
import { rebuild } from './rebuild';
import { TaggedNode, hasLetters, nest, tokensOf, writeToken } from './tags';

jest.setTimeout(180_000);

/** Each of them is written, read and compiled. */
const RUNS = 60;
const OPTIONS = { headingIds: 'mdx' } as const;
const NO_TERMS = { keep: [] };

/** Translates every segment, and makes sure that the answer would have been taken. */
function translated(root: Root, translate: (segment: string) => string): Root {
  const translations = new Map(
    placesOf(root).map(({ text }) => {
      const answer = normalised(text, translate(text));
      expect(faultOf(text, answer, NO_TERMS)).toBeUndefined();
      return [text, answer];
    }),
  );
  return rebuild(root, translations);
}

/** Pages come from the exporter, which makes no others. */
function isWritable(root: Root): boolean {
  return (
    firstDifference(root, readMdx(writeMdx(root, OPTIONS), OPTIONS)) ===
    undefined
  );
}

async function proveWritable(root: Root): Promise<void> {
  await proveMdx(writeMdx(root, OPTIONS), root, OPTIONS);
}

const BLOCKS = new Set(
  'paragraph heading list listItem table tableRow tableCell code math blockquote containerDirective thematicBreak yaml'.split(
    ' ',
  ),
);

const isBlock = (node: CanonicalNode) =>
  node.children.every(child => BLOCKS.has(child.type));

/** All but text: types, code, addresses, ids, how blocks lie in blocks. Content of blocks in no order, without line breaks. */
function skeleton(root: Root): unknown {
  const strip = (node: CanonicalNode): unknown => {
    const { value, alt, title, attributes, ...fields } = node.fields;
    const isText = node.type === 'text';
    const children = node.children
      .filter(child => child.type !== 'text' && child.type !== 'break')
      .map(strip);
    return {
      type: node.type,
      fields: {
        ...fields,
        ...(isText || node.type === 'yaml' ? {} : { value }),
        attributes: addressesOf(attributes),
      },
      children: isBlock(node)
        ? children
        : children.map(child => JSON.stringify(child)).sort(),
    };
  };
  return strip(canonical(root));
}

function addressesOf(attributes: unknown): unknown {
  return Array.isArray(attributes)
    ? attributes.filter(([name]) => name === 'src' || name === 'value')
    : undefined;
}

/** Tags of a level, and texts between them, in another order. */
function permuted(segment: string, random: () => number): string {
  const write = (nodes: readonly TaggedNode[]): string =>
    [...nodes]
      .map(node => ({ node, rank: random() }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ node }) => {
        if (node.type !== 'pair') return writeToken(node);
        return `<${node.number}>${write(node.children)}</${node.number}>`;
      })
      .join('');
  return write(nest(tokensOf(segment)));
}

describe('a page that is rebuilt', () => {
  it('is equal, where each text is its own translation', () => {
    fc.assert(
      fc.property(anyRoot, root => {
        const texts = new Map(placesOf(root).map(({ text }) => [text, text]));
        expect(rebuild(root, texts)).toEqual(root);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the source tree as it was', () => {
    fc.assert(
      fc.property(anyRoot, root => {
        const before = structuredClone(root);
        translated(root, text => pseudoLocalized(text, 'ko'));
        expect(root).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  it('can be written and has the same nodes, in whatever order the translator has put the tags', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRoot,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (root, ranks) => {
          fc.pre(isWritable(root));
          const result = translated(root, text =>
            permuted(text, () => ranks.next().value ?? 0),
          );
          expect(skeleton(result)).toEqual(skeleton(root));
          await proveWritable(result);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('keeps its structure under pseudo translation, and none of its text', async () => {
    await fc.assert(
      fc.asyncProperty(anyRoot, async root => {
        fc.pre(isWritable(root));
        const result = translated(root, text => pseudoLocalized(text, 'ko'));
        expect(skeleton(result)).toEqual(skeleton(root));
        for (const { text } of placesOf(result)) {
          expect(text).toMatch(/^\[ko .*\]$/s);
        }
        await proveWritable(result);
      }),
      { numRuns: RUNS },
    );
  });

  it('has what a translator wrote as text, whatever it means to Markdown or MDX', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRoot,
        fc.constantFrom(
          ...hostileWords.filter(word => !/^<[ /]*\d/.test(word)),
        ),
        async (root, hostile) => {
          fc.pre(isWritable(root));
          const result = translated(root, text =>
            tokensOf(text)
              .map(token =>
                token.type === 'text' && hasLetters(token.value)
                  ? `${token.value.trimEnd()} ${hostile}${
                      /\s*$/.exec(token.value)?.[0]
                    }`
                  : writeToken(token),
              )
              .join(''),
          );
          const text = writeMdx(result, OPTIONS);
          await proveMdx(text, result, OPTIONS);
          expect(skeleton(readMdx(text, OPTIONS))).toEqual(skeleton(root));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('a translation', () => {
  const paragraphOf = (root: Root): string => {
    const texts: string[] = [];
    visit(root, (node: Nodes) => {
      if (node.type === 'text') texts.push(node.value);
    });
    return texts.join('|');
  };
  const rebuilt = (mdx: string, translation: string): string => {
    const root = readMdx(mdx, OPTIONS);
    return writeMdx(
      translated(root, () => translation),
      OPTIONS,
    );
  };

  it('into a language that is written from right to left keeps tags where its words are', () => {
    expect(
      rebuilt(
        'Open the **console** with `kubectl`.',
        'باستخدام <2/> افتح <1>وحدة التحكم</1>.',
      ),
    ).toBe('باستخدام `kubectl` افتح **وحدة التحكم**.\n');
  });

  it('that sets two marks side by side gets a space between them', () => {
    expect(rebuilt('Use `a` and `b` now.', '지금 <1/><2/> 사용')).toBe(
      '지금 `a` `b` 사용\n',
    );
  });

  it('that drags blanks into bold text has them outside', () => {
    expect(rebuilt('A **bold** word', '단어<1> 굵은 </1>하나')).toBe(
      '단어 **굵은** 하나\n',
    );
  });

  it('that moves a line break to the end has it left out, for nothing would show', () => {
    const root = readMdx('One\\\ntwo', OPTIONS);
    expect(paragraphOf(translated(root, () => '하나 둘 <1/>'))).toBe('하나 둘');
  });
});
