module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Nobody installs this package: it starts backend plugins, as a portal's backend does.
    '@backstage/no-mixed-plugin-imports': 'off',
  },
  overrides: [
    {
      // The files that start the peers, which stay dev dependencies.
      files: [
        'src/notifications/host.ts',
        'src/publish/docuNotion.ts',
        'src/publish/notionToMd.ts',
      ],
      rules: { '@backstage/no-undeclared-imports': 'off' },
    },
  ],
});
