import {join} from 'node:path';

const grammar = join(import.meta.dirname, '../src/markdown/grammar');

/** Rules that are switched off (`src/markdown/grammar/grammar.ts`). */
const UNUSED_RULE = /\/(?:html_block|html_inline|linkify)\.mjs$/;

/**
 * A plugin for the builds that pages load, where every kilobyte counts: markdown-it without the rules that are off, and with
 * tables of our own for the two large ones among its dependencies. Who bundles the package has the originals.
 */
export const lightMarkdown = () => ({
  name: 'light-markdown',
  enforce: 'pre',
  resolveId(source, importer = '') {
    if (!importer.includes('/markdown-it/')) return undefined;
    if (source === 'entities') return join(grammar, 'entities.ts');
    if (source === 'uc.micro') return join(grammar, 'punctuation.ts');
    return UNUSED_RULE.test(source) ? '\0unused-rule' : undefined;
  },
  load: (id) => (id === '\0unused-rule' ? 'export default () => false;' : undefined),
});
