import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {defineConfig, type UserConfig} from 'vite';
import {lightMarkdown} from './scripts/light-markdown.mjs';
import {lightTemplates} from './scripts/light-templates.mjs';
import {oneFirstFile} from './scripts/one-first-file.mjs';

const root = import.meta.dirname;
const {dependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** For pages with a bundler or an import map: one file a module, dependencies stay theirs. */
const library: UserConfig = {
  root,
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: {
      entry: {
        index: 'src/index.ts',
        define: 'src/define.ts',
        inspector: 'src/inspector.ts',
        memory: 'src/memory.ts',
        conformance: 'src/conformance.ts',
        'conformance-cli': 'src/conformance-cli.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: [/^node:/, ...Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`))],
      output: {preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js'},
    },
  },
};

/** `watch` and `html` of the signals package, which are kept unless the bundler may drop modules that nobody names. */
const isUnused = (id: string): boolean => /\/@lit-labs\/signals\/.*lib\//.test(id);
const treeshake = {
  moduleSideEffects: (id: string): boolean => !/\/(?:@lit-labs\/signals|mdurl|diff\/libesm)\//.test(id),
};

type GetModule = (id: string) => {readonly importedIds: readonly string[]} | null;

/** Whether `standalone.ts` imports the module, or something that does; what is imported by `import()` does not count. */
function isLoadedFirst(id: string, getModule: GetModule, above = join(root, 'src/standalone.ts')): boolean {
  const seen = new Set([above]);
  for (const each of seen) {
    // What only the unused part of the signals package imports is not loaded with it.
    if (!isUnused(each)) getModule(each)?.importedIds.forEach((imported) => seen.add(imported));
  }
  return seen.has(id) && !isUnused(id);
}

/** For plain pages: everything in one file, but what is imported when first needed. */
const standalone: UserConfig = {
  root,
  plugins: [lightTemplates(), lightMarkdown(), oneFirstFile()],
  define: {'process.env.NODE_ENV': '"production"'},
  build: {
    target: 'es2022',
    sourcemap: true,
    // The inspector shares what `standalone.js` loads: a page with both has one copy of everything.
    lib: {
      entry: {standalone: 'src/standalone.ts', 'standalone-inspector': 'src/inspector.ts'},
      formats: ['es'],
      fileName: (_, name) => `${name}.js`,
    },
    rolldownOptions: {
      // All that is loaded first goes into one file beside `standalone.js`, and `oneFirstFile` says how it comes back.
      preserveEntrySignatures: 'strict',
      treeshake,
      output: {
        // Libraries keep their white space unless told twice.
        minify: true,
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: {
          groups: [
            {
              debugName: 'core',
              name: (id, bundle) => (isLoadedFirst(id, (each) => bundle.getModuleInfo(each)) ? 'core' : null),
            },
            // Several files need it, and none of the others.
            {name: 'directive', test: /\/lit-html\/directive\.js$/},
          ],
        },
      },
    },
  },
};

/** The pages `demo/index.html` and `demo/hosts/*.html`, to be served under the strict policy of docs/security.md. */
const demo: UserConfig = {
  root: join(root, 'demo'),
  base: './',
  plugins: [lightTemplates(), lightMarkdown()],
  build: {
    target: 'es2022',
    // Both would be inline: a script, and `data:` URLs.
    modulePreload: {polyfill: false},
    assetsInlineLimit: 0,
    rolldownOptions: {input: demoPages(), treeshake},
  },
};

/**
 * The command that serves the page. What speaks with agents is built in, so that nobody has to install it: of a package of
 * 9 MB, and one of 5 MB that it needs, a small part is used.
 */
const server: UserConfig = {
  root,
  ssr: {noExternal: ['@agentclientprotocol/sdk', 'zod']},
  build: {
    ssr: true,
    target: 'node20',
    // Their licences ask to be passed on.
    license: {fileName: 'licenses.md'},
    rolldownOptions: {
      input: {cli: join(root, 'demo/server/cli.ts')},
      output: {entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js'},
    },
  },
};

function demoPages(): string[] {
  return ['demo', 'demo/hosts']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.html'));
}

const builds: Record<string, UserConfig> = {library, standalone, demo, server};

export default defineConfig(({command, mode}) => (command === 'serve' ? demo : (builds[mode] ?? demo)));
