module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Nobody installs this package: it starts backend plugins, as a portal's backend does.
    '@backstage/no-mixed-plugin-imports': 'off',
  },
});
