module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // Waiting for what must appear is how these tests assert.
    'jest/expect-expect': [
      'warn',
      { assertFunctionNames: ['expect', '**.until*', '**.waitFor*'] },
    ],
  },
});
