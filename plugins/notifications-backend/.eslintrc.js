module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // supertest asserts at the end of a chain, and the portal of these tests asserts when it sends.
    'jest/expect-expect': [
      'error',
      { assertFunctionNames: ['expect', '**.expect', 'fc.assert'] },
    ],
    // What holds after every test of a table is said once, after each.
    'jest/no-standalone-expect': [
      'error',
      { additionalTestBlockFunctions: ['afterEach'] },
    ],
  },
});
