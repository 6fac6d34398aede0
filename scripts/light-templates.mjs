/**
 * A plugin for the builds that pages load. Line breaks and indentation in templates are for readers of the source; a page
 * needs neither, and in `css` no comments. Notes for bundlers are of no use in a file that no bundler reads again.
 */
export const lightTemplates = () => ({
  name: 'light-templates',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/src/') || !id.endsWith('.ts')) return undefined;
    const shorter = code
      .replace(/\bcss`[^`]*`/g, (template) =>
        template
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,>]) ?/g, '$1')
          .replace(/: (?=[^{}]*[;}])/g, ':')
          .replace(/;}/g, '}'),
      )
      .replace(/\n\s+/g, '\n');
    return shorter === code ? undefined : {code: shorter, map: null};
  },
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') {
        // Behind a word a blank stays: `return` must not grow together with what it returns.
        chunk.code = chunk.code.replace(/(\w?)\/\* @__PURE__ \*\/ /g, (_, before) => (before ? `${before} ` : ''));
      }
    }
  },
});
