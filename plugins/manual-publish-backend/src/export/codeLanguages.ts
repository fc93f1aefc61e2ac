import { MDX_CODE } from '../mdx/unwrapMdxCode';
import type { BlockOf } from './Conversion';

type Language = BlockOf<'code'>['code']['language'];

/** Languages that Notion calls otherwise than Prism, which colours code in Docusaurus. */
const NAMES: Partial<Record<Language, string>> = {
  'plain text': 'text',
  'ascii art': 'text',
  'notion formula': 'text',
  'c++': 'cpp',
  'c#': 'csharp',
  'f#': 'fsharp',
  'java/c/c++/c#': 'clike',
  'objective-c': 'objectivec',
  'visual basic': 'vbnet',
  'vb.net': 'vbnet',
  'llvm ir': 'llvm',
  webassembly: 'wasm',
  shell: 'bash',
  // Notion has neither JSX nor MDX: by agreement with writers, these stand for them.
  julia: 'jsx',
  matlab: MDX_CODE,
};

/** The word after the fence: one, without spaces. */
export const languageOf = (language: Language): string =>
  NAMES[language] ?? (language || 'text').replace(/[\s`{}]+/g, '-');
