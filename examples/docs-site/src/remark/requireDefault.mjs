/** The attribute value `{require("…").default}`, as the bundler and MDX read it. */
export function requireDefault(request) {
  const argument = JSON.stringify(request);
  const call = {
    type: 'CallExpression',
    optional: false,
    callee: { type: 'Identifier', name: 'require' },
    arguments: [{ type: 'Literal', value: request, raw: argument }],
  };
  const expression = {
    type: 'MemberExpression',
    computed: false,
    optional: false,
    object: call,
    property: { type: 'Identifier', name: 'default' },
  };
  return {
    type: 'mdxJsxAttributeValueExpression',
    value: `require(${argument}).default`,
    data: {
      estree: {
        type: 'Program',
        sourceType: 'module',
        comments: [],
        body: [{ type: 'ExpressionStatement', expression }],
      },
    },
  };
}
