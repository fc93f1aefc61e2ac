import { languageOf } from './codeLanguages';

describe('the language of code', () => {
  it.each([
    ['plain text', 'text'],
    ['ascii art', 'text'],
    ['notion formula', 'text'],
    ['c++', 'cpp'],
    ['c#', 'csharp'],
    ['f#', 'fsharp'],
    ['java/c/c++/c#', 'clike'],
    ['objective-c', 'objectivec'],
    ['visual basic', 'vbnet'],
    ['vb.net', 'vbnet'],
    ['llvm ir', 'llvm'],
    ['webassembly', 'wasm'],
    ['shell', 'bash'],
    ['julia', 'jsx'],
    ['matlab', 'mdx-code-block'],
    ['typescript', 'typescript'],
  ] as const)('%s is %s to Prism', (language, name) => {
    expect(languageOf(language)).toBe(name);
  });
});
