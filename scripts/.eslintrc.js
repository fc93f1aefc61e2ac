// The packages take theirs from the Backstage CLI; this is no package.
module.exports = {
  root: true,
  extends: ['eslint:recommended', '@spotify/eslint-config-base', 'prettier'],
  env: { node: true, es2024: true },
  parserOptions: { ecmaVersion: 2024, sourceType: 'module' },
  overrides: [
    { files: ['.eslintrc.js'], parserOptions: { sourceType: 'script' } },
  ],
  rules: {
    'no-shadow': 'error',
    'no-redeclare': 'error',
    'no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
    ],
    'prefer-const': 'error',
    'consistent-return': 'error',
  },
};
