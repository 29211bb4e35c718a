// dependency-cruiser would follow package.json "imports" into dist/; the rules are about the sources.
const { join } = require('node:path');
const root = join(__dirname, '..');
module.exports = {
  resolve: {
    alias: Object.fromEntries(['apps', 'libs', 'projections', 'test'].map((top) => [`#${top}`, join(root, top)])),
    extensionAlias: { '.js': ['.ts', '.js'] },
    extensions: ['.ts', '.js', '.json', '.cjs', '.mjs'],
  },
};
