// Reads the instructions out of a page of documentation, and does them, word for word. A block says behind its language what it is
// for: `step` names the step that it belongs to, `file` the file that it goes to.
//
//   bash               is run in the portal's folder
//   diff  file=…       changes lines of that file: those that stay and those that go must be there, once
//   yaml  file=…       is added to that file: keys to keys, entries to lists
//   ts, tsx  file=…    is that file; there must be none yet
//   sql   database=…   is for the database of that plugin
//
// Blocks of `text` are only to be read.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import { run } from '../processes.mjs';

const FENCED = /^```(\w*)(.*)\n([^]*?)^```$/gm;

function readBlocks(page) {
  return [...page.matchAll(FENCED)].map(([whole, language, words, text]) => ({
    language,
    text,
    line: page.slice(0, page.indexOf(whole)).split('\n').length,
    ...Object.fromEntries(
      [...words.matchAll(/(\w+)=(\S+)/g)].map(([, key, value]) => [key, value]),
    ),
  }));
}

function changeLines(before, text) {
  const lines = text.trimEnd().split('\n');
  const sideOf = sign =>
    lines
      .filter(line => line.startsWith(' ') || line.startsWith(sign))
      .map(line => `${line.slice(1)}\n`)
      .join('');
  const found = before.split(sideOf('-')).length - 1;
  if (found !== 1) {
    throw new Error(`these lines are there ${found} times:\n${sideOf('-')}`);
  }
  return before.replace(sideOf('-'), () => sideOf('+'));
}

/** The other way round. */
const reversed = text =>
  text
    .split('\n')
    .map(line => line.replace(/^[-+]/, sign => (sign === '-' ? '+' : '-')))
    .join('\n');

function addTo(document, addition, at = []) {
  for (const { key, value } of addition.items) {
    const place = [...at, key.value ?? key];
    const there = document.getIn(place, true);
    if (isMap(there) && isMap(value)) {
      addTo(document, value, place);
    } else if (isSeq(there) && isSeq(value)) {
      there.items.push(...value.items);
    } else {
      document.setIn(place, value);
    }
  }
}

function mergeYaml(before, text) {
  const document = parseDocument(before);
  addTo(document, parseDocument(text).contents);
  return String(document);
}

const inFile = {
  diff: (file, text) =>
    writeFileSync(file, changeLines(readFileSync(file, 'utf8'), text)),
  yaml: (file, text) =>
    writeFileSync(file, mergeYaml(readFileSync(file, 'utf8'), text)),
  ts: (file, text) => {
    if (existsSync(file)) throw new Error(`${file} is there already`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  },
};
inFile.tsx = inFile.ts;

async function shell(text, options) {
  const code = await run('bash', ['-euo', 'pipefail', '-c', text], {
    ...options,
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new Error(`the command ended with ${code}`);
}

export class Guide {
  #page;
  #blocks;
  #followed = new Set();

  constructor(page) {
    this.#page = page;
    this.#blocks = readBlocks(readFileSync(page, 'utf8'));
    for (const block of this.#blocks) {
      if (block.language !== 'text' && !block.step) {
        throw new Error(`${this.#place(block)}: no step is named`);
      }
    }
  }

  #place(block) {
    return `${path.basename(this.#page)}:${block.line}`;
  }

  /**
   * Does all blocks of a step, in their order.
   *
   * @param fileOf - where a file of the documentation is
   * @param query - runs SQL on the database of a plugin
   */
  async follow(step, { cwd, env, fileOf, query }) {
    const blocks = this.#blocks.filter(block => block.step === step);
    if (blocks.length === 0) throw new Error(`no block is for step ${step}`);
    for (const block of blocks) {
      try {
        if (block.language === 'bash') {
          await shell(block.text, { cwd, env });
        } else if (block.language === 'sql') {
          await query(block.database, block.text);
        } else {
          inFile[block.language](fileOf(block.file), block.text);
        }
      } catch (error) {
        throw new Error(`${this.#place(block)} (${step}): ${error.message}`, {
          cause: error,
        });
      }
      this.#followed.add(block);
    }
  }

  /** Takes out again what a step has put into files, its last block first. */
  undo(step, fileOf) {
    const blocks = this.#blocks.filter(block => block.step === step);
    for (const { language, file, text } of blocks.reverse()) {
      if (language === 'diff') inFile.diff(fileOf(file), reversed(text));
      else if (/^tsx?$/.test(language)) rmSync(fileOf(file));
    }
  }

  /** For a step that is followed elsewhere: each of its lines has to be in the text. */
  mustBeShownIn(step, text) {
    const there = new Set(text.split('\n').map(line => line.trim()));
    for (const block of this.#blocks.filter(each => each.step === step)) {
      const missing = block.text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line && !there.has(line));
      if (missing.length > 0) {
        throw new Error(
          `${this.#place(block)} (${step}) shows what is not there: ${missing}`,
        );
      }
      this.#followed.add(block);
    }
  }

  /** The command of a step with one block, for a proof that runs it itself. */
  commandOf(step) {
    const [block, ...others] = this.#blocks.filter(each => each.step === step);
    if (!block || others.length > 0) {
      throw new Error(`step ${step} must have one block`);
    }
    this.#followed.add(block);
    return block.text;
  }

  /** Where the blocks are that nobody has followed, less those of steps that are for others. */
  unfollowed(forOthers = []) {
    return this.#blocks
      .filter(block => block.step && !this.#followed.has(block))
      .filter(block => !forOthers.includes(block.step))
      .map(block => `${this.#place(block)} (${block.step})`);
  }
}
