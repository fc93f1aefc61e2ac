import type { PhrasingContent } from 'mdast';
import { isWrapper, splitLiterals, Wrapper } from './phrasing';
import { TaggedNode, Token, nest, tokensOf, writeTokens } from './tags';
import { joinTexts, tidy } from './tidy';

/** A tag that the source does not have. */
export class UnknownTag extends Error {
  readonly name = 'UnknownTag';
}

function known<T>(node: T | undefined, number: number): T {
  if (node === undefined) throw new UnknownTag(`There is no tag ${number}`);
  return node;
}

class TagWriter {
  readonly tokens: Token[] = [];
  readonly wrappers = new Map<number, Wrapper>();
  readonly voids = new Map<number, PhrasingContent>();
  #last = 0;

  write(nodes: readonly PhrasingContent[]): void {
    for (const node of joinTexts(nodes)) {
      if (node.type === 'text') this.#writeText(node.value);
      else if (isWrapper(node)) this.#writeWrapper(node);
      else this.#writeVoid(node);
    }
  }

  #writeText(text: string): void {
    for (const { value, isLiteral } of splitLiterals(text)) {
      if (isLiteral) this.#writeVoid({ type: 'text', value });
      else this.tokens.push({ type: 'text', value });
    }
  }

  #writeWrapper(node: Wrapper): void {
    this.#last += 1;
    const number = this.#last;
    this.wrappers.set(number, node);
    this.tokens.push({ type: 'open', number });
    this.write(node.children);
    this.tokens.push({ type: 'close', number });
  }

  #writeVoid(node: PhrasingContent): void {
    this.#last += 1;
    this.voids.set(this.#last, node);
    this.tokens.push({ type: 'void', number: this.#last });
  }
}

/** The content of a block as text with numbered tags, and the way back. */
export class TaggedText {
  /** Without the white space around it. */
  readonly text: string;
  readonly #around: readonly [string, string];
  readonly #wrappers: ReadonlyMap<number, Wrapper>;
  readonly #voids: ReadonlyMap<number, PhrasingContent>;

  constructor(nodes: readonly PhrasingContent[]) {
    const writer = new TagWriter();
    writer.write(nodes);
    this.#wrappers = writer.wrappers;
    this.#voids = writer.voids;
    const text = writeTokens(writer.tokens);
    this.text = text.trim();
    const start = text.indexOf(this.text);
    this.#around = [text.slice(0, start), text.slice(start + this.text.length)];
  }

  /**
   * The content with another text. Nodes are the given ones with other children, not copies of them.
   *
   * @param translation - has passed `faultOf`
   * @throws TagsDoNotNest, UnknownTag where it has not
   */
  nodesFor(translation: string): PhrasingContent[] {
    const built = this.#build(nest(tokensOf(translation)));
    const [before, after] = this.#around;
    // What is given back as it was is as good as it was. What was moved may have come to stand where Markdown cannot write it.
    const nodes = translation === this.text ? built : tidy(built);
    return joinTexts([
      { type: 'text', value: before },
      ...nodes,
      { type: 'text', value: after },
    ]);
  }

  #build(nodes: readonly TaggedNode[]): PhrasingContent[] {
    return joinTexts(
      nodes.map(node => {
        if (node.type === 'text') return node;
        if (node.type === 'void') {
          return known(this.#voids.get(node.number), node.number);
        }
        const wrapper = known(this.#wrappers.get(node.number), node.number);
        wrapper.children = this.#build(node.children);
        return wrapper;
      }),
    );
  }
}
