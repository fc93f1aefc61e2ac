import { SiteLayout, SiteSettings } from './SiteLayout';

const layout = (settings: Partial<SiteSettings>) =>
  new SiteLayout(
    {
      sourceDir: 'docs',
      targetDir: 'i18n',
      i18nPath: '{lang}/docusaurus-plugin-content-docs/current/{solution}',
      mediaDir: 'manuals',
      sidebarName: 'docs',
      headingIds: 'mdx',
      sourceLanguage: 'en',
      languages: ['ko'],
      ...settings,
    },
    'zcp',
  );

describe('labels of categories', () => {
  it.each([
    [
      '{lang}/docusaurus-plugin-content-docs/current/{solution}',
      'i18n/ko/docusaurus-plugin-content-docs/current.json',
    ],
    [
      '{lang}/docusaurus-plugin-content-docs-manuals/version-2.0/a/{solution}',
      'i18n/ko/docusaurus-plugin-content-docs-manuals/version-2.0.json',
    ],
    [
      '{lang}/docusaurus-plugin-content-docs-{solution}/current',
      'i18n/ko/docusaurus-plugin-content-docs-zcp/current.json',
    ],
  ])('of pages in %s are where Docusaurus looks for them', (i18nPath, file) => {
    expect(layout({ i18nPath }).labels('ko')).toBe(file);
  });

  it('have the name of the sidebar, and of the solution', () => {
    expect(layout({}).labelKey('id')).toBe('sidebar.docs.category.zcp-id');
    expect(layout({ sidebarName: '{solution}Docs' }).labelKey('id')).toBe(
      'sidebar.zcpDocs.category.zcp-id',
    );
  });
});
