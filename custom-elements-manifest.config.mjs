// How `custom-elements.json` is made: the JSDoc of the elements is the only source of the documentation.

/**
 * The analyzer makes an event of every `dispatchEvent(new X(id))`, named after whatever it finds there. Only what the
 * JSDoc names with `@fires` is an event of ours.
 */
const onlyDocumentedEvents = () => {
  const documented = new Map();
  return {
    name: 'only-documented-events',
    analyzePhase({ts, node}) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const tags = ts.getJSDocTags(node).filter(({tagName}) => ['fires', 'event'].includes(tagName.text));
      const names = tags.map(
        (tag) => /^(?:\{[^}]*\}\s*)?([\w-]+)/.exec(ts.getTextOfJSDocComment(tag.comment) ?? '')?.[1],
      );
      documented.set(node.name.text, new Set(names));
    },
    packageLinkPhase({customElementsManifest}) {
      for (const {declarations} of customElementsManifest.modules) {
        for (const declaration of declarations ?? []) {
          const isOurs = ({name, inheritedFrom}) =>
            name && documented.get(inheritedFrom?.name ?? declaration.name)?.has(name);
          if (declaration.events) declaration.events = declaration.events.filter(isOurs);
        }
      }
    },
  };
};

/** What is `#private` is nobody's business. */
const onlyPublicMembers = () => ({
  name: 'only-public-members',
  packageLinkPhase({customElementsManifest}) {
    for (const declaration of customElementsManifest.modules.flatMap(({declarations = []}) => declarations)) {
      declaration.members = declaration.members?.filter(({privacy}) => privacy === undefined || privacy === 'public');
    }
  },
});

/** Consumers have dist/, not src/. */
const builtPaths = () => ({
  name: 'built-paths',
  packageLinkPhase({customElementsManifest}) {
    const visit = (value) => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if ((key === 'path' || key === 'module') && typeof inner === 'string') {
          value[key] = inner.replace(/^\/?src\/(.*)\.ts$/, 'dist/$1.js');
        } else visit(inner);
      }
    };
    visit(customElementsManifest);
  },
});

export default {
  globs: ['src/elements/**/*.ts', 'src/events.ts', 'src/define.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/testkit.ts'],
  litelement: true,
  // It would write the folder of the build that runs into package.json.
  packagejson: false,
  plugins: [onlyDocumentedEvents(), onlyPublicMembers(), builtPaths()],
};
