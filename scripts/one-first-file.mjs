/** As the bundler makes it: all that is loaded first. The other files import from it. */
const CORE = 'core';
const FIRST = 'standalone.js';

/**
 * A plugin for the files of plain pages: `standalone.js` is given all that is loaded first, so that a page shows something
 * after one request and not after two. The other files must not import it from there: behind a redirect (CDNs) or with a
 * query in the page's URL that would be a second copy of everything. They import from the file that the bundler has made for
 * it, which only hands on what `standalone.js` leaves on `globalThis`, under a name that no other build has. Where that is
 * there already, because a page has two URLs for it, `standalone.js` runs nothing a second time.
 */
export const oneFirstFile = () => ({
  name: 'one-first-file',
  async renderChunk(code, {name}) {
    const changing = name === CORE ? await changingExports(code) : [];
    if (changing.length > 0) this.error(`${changing} is assigned to later, and others have a copy: export a function`);
  },
  generateBundle(_, bundle) {
    const [core, facade, inspector] = [CORE, 'standalone', 'standalone-inspector'].map((wanted) =>
      Object.values(bundle).find(({type, name}) => type === 'chunk' && name === wanted),
    );
    if (core.imports.length > 0) this.error(`${core.imports} would be loaded before anything is shown`);
    const file = core.fileName;
    const left = `globalThis[Symbol.for("agent-session-elements ${file}")]`;

    const {node, names} = exportsIn(this.parse(core.code));
    const promised = exportsIn(this.parse(facade.code)).names;
    const gives = promised.map(({local, exported}) => `${local}:${exported}`);
    const leaves = names.map(({local, exported}) => `${exported}:${local}`);
    const [body, end] = [core.code.slice(0, node.start), core.code.slice(node.end).replace(file, FIRST)];
    core.code = `export const{${gives}}=${left}??=(()=>{\n${body}return{${leaves}}})();${end}`;
    facade.code = `export const{${names.map(({exported}) => exported)}}=${left};\n`;
    // What the bundler knows of each is true of it under the other's name.
    [core.fileName, facade.fileName, facade.imports] = [FIRST, file, []];
    // It may be first in a page, or alone. Under another address the file is fetched again there, and runs nothing.
    inspector.code = `import"./${FIRST}";\n${inspector.code}`;

    // Both begin one line further down now.
    for (const [of, name] of [
      [file, FIRST],
      [inspector.fileName, inspector.fileName],
    ]) {
      const map = bundle[`${of}.map`];
      const {mappings, ...rest} = JSON.parse(map.source);
      [map.fileName, map.source] = [`${name}.map`, JSON.stringify({...rest, file: name, mappings: `;${mappings}`})];
    }
  },
});

/** The only export statement of a chunk. */
function exportsIn({body}) {
  const [node, ...others] = body.filter(({type}) => type.startsWith('Export'));
  if (!node?.specifiers || others.length > 0) throw new Error('A chunk has one export statement, with names.');
  return {node, names: node.specifiers.map(({local, exported}) => ({local: local.name, exported: exported.name}))};
}

/** Names of exports that something assigns to after the file has run. */
async function changingExports(code) {
  const {Linter} = await import('eslint');
  const found = [];
  const create = ({sourceCode: {ast, scopeManager}}) => {
    const [scope] = scopeManager.globalScope.childScopes;
    const isLater = (use) => use.isWrite() && use.from.variableScope !== scope;
    const names = exportsIn(ast).names.map(({local}) => local);
    found.push(...names.filter((name) => scope.set.get(name).references.some(isLater)));
    return {};
  };
  const messages = new Linter().verify(code, [
    {plugins: {own: {rules: {changing: {create}}}}, rules: {'own/changing': 'error'}},
  ]);
  if (messages.length > 0) throw new Error(messages[0].message);
  return found;
}
