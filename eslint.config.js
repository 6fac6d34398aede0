import {configs as lit} from 'eslint-plugin-lit';
import {configs as wc} from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Imports point one way: what stands further right may import what stands further left, never the reverse. */
const LAYERS = ['model', 'backend', 'store', 'context', 'markdown', 'elements'];
/** The kit for those who write servers and backends: it stands on the model and the frames, and nothing stands on it. */
const KIT = 'conformance';
const ENTRIES = ['define', 'standalone'];
const UI_PACKAGES = ['lit', 'lit/*', '@lit/*', '@lit-labs/*', 'signal-polyfill'];

const layerRules = LAYERS.map((layer, i) => ({
  files: [`src/${layer}/**/*.ts`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^\\.\\.?/(?:.*/)?(?:${[...[...LAYERS.slice(i + 1), KIT].map((later) => `${later}/`), ...ENTRIES.map((entry) => `${entry}\\.ts$`)].join('|')})`,
            message: `Imports point one way: ${LAYERS.join(' ← ')} ← define.`,
          },
          ...(i < 2 ? [{group: UI_PACKAGES, message: `${layer}/ is played from recordings: no lit, no signals.`}] : []),
        ],
      },
    ],
  },
}));

const noDom = ['window', 'document', 'localStorage', 'sessionStorage', 'navigator'].map((name) => ({
  name,
  message: 'This layer knows no DOM; what it needs from the world comes in through `Environment`.',
}));
const noWorld = ['setTimeout', 'setInterval', 'queueMicrotask', 'fetch', 'performance', 'crypto', 'WebSocket'].map(
  (name) => ({name, message: 'model/ is pure.'}),
);

const NO_DEFAULT_EXPORT = {selector: 'ExportDefaultDeclaration', message: 'Named exports only.'};
const ERASABLE_ONLY = [
  {selector: 'TSEnumDeclaration', message: 'A union of literals says the same.'},
  {selector: "TSModuleDeclaration[kind='namespace']", message: 'A module says the same.'},
  {selector: 'TSParameterProperty', message: 'Declare the field, so that it can be seen.'},
];

export default tseslint.config(
  {ignores: ['dist', 'coverage', 'node_modules', '.data', '.agents', '.build-*']},
  ...tseslint.configs.recommended,
  lit['flat/recommended'],
  wc['flat/recommended'],
  {
    // Without it the rules for custom elements skip Lit's.
    settings: {wc: {elementBaseClasses: ['LitElement']}},
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', ignoreRestSiblings: true}],
      // An interface that only extends is how `HTMLElementTagNameMap` and the like are augmented.
      '@typescript-eslint/no-empty-object-type': ['error', {allowInterfaces: 'with-single-extends'}],
    },
  },
  {
    files: ['**/*.ts'],
    rules: {'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, ...ERASABLE_ONLY]},
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.test.ts', 'test/**', 'bench/**'],
    rules: {'@typescript-eslint/no-non-null-assertion': 'error'},
  },
  {
    // Chai's assertions are expressions.
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {'@typescript-eslint/no-unused-expressions': 'off'},
  },
  {files: ['*.config.ts'], rules: {'no-restricted-syntax': ['error', ...ERASABLE_ONLY]}},
  ...layerRules,
  {
    files: [`src/${KIT}/**/*.ts`, `src/${KIT}*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^\\.\\.?/(?:.*/)?(?:${[...LAYERS.slice(2).map((later) => `${later}/`), 'index\\.ts$', ...ENTRIES.map((entry) => `${entry}\\.ts$`)].join('|')})`,
              message: `${KIT}/ runs beside any server: it may import the model and the backends only.`,
            },
            {group: UI_PACKAGES, message: `${KIT}/ runs in Node: no lit, no signals.`},
          ],
        },
      ],
    },
  },
  {
    files: ['src/model/**/*.ts', 'src/backend/**/*.ts', `src/${KIT}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {'no-restricted-globals': ['error', ...noDom]},
  },
  {
    files: ['src/model/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...noDom, ...noWorld],
      'no-restricted-properties': [
        'error',
        {object: 'Date', property: 'now', message: 'model/ knows no clock.'},
        {object: 'Math', property: 'random', message: 'model/ knows no randomness.'},
      ],
    },
  },
  {
    // The one place where a backend's wishes meet the browser.
    files: ['src/backend/**/environment.ts', 'src/backend/**/*-environment.ts'],
    rules: {'no-restricted-globals': 'off'},
  },
);
