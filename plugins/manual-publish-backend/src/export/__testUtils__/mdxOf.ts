import { Draft } from '@herald/sandbox';
import { writeMdx } from '../../mdx/writeMdx';
import { ConversionContext } from '../ConversionContext';
import { convertPage } from '../convertPage';
import { everythingThere } from './contexts';
import { snapshotWith } from './snapshotOf';

/** What a page of these blocks is written as. */
export const mdxOf = (...drafts: Draft[]): string =>
  convert({}, ...drafts).text;

/** The same with the warnings, in a site that differs from one where everything is. */
export function convert(
  differing: Partial<ConversionContext>,
  ...drafts: Draft[]
) {
  const context = { ...everythingThere, ...differing };
  const page = convertPage(snapshotWith(...drafts), context);
  return {
    ...page,
    text: writeMdx(page.root, { headingIds: 'mdx' }).trim(),
    codes: page.warnings.map(warning => warning.code),
  };
}
