import type {StreamParser} from '@codemirror/streamparser';

/** Reads one line after the other. */
export type Grammar = StreamParser<unknown>;

const modes = {
  javascript: () => import('@codemirror/legacy-modes/mode/javascript'),
  python: () => import('@codemirror/legacy-modes/mode/python'),
  shell: () => import('@codemirror/legacy-modes/mode/shell'),
  css: () => import('@codemirror/legacy-modes/mode/css'),
  xml: () => import('@codemirror/legacy-modes/mode/xml'),
  sql: () => import('@codemirror/legacy-modes/mode/sql'),
  yaml: () => import('@codemirror/legacy-modes/mode/yaml'),
  toml: () => import('@codemirror/legacy-modes/mode/toml'),
  diff: () => import('@codemirror/legacy-modes/mode/diff'),
  go: () => import('@codemirror/legacy-modes/mode/go'),
  rust: () => import('@codemirror/legacy-modes/mode/rust'),
  ruby: () => import('@codemirror/legacy-modes/mode/ruby'),
  swift: () => import('@codemirror/legacy-modes/mode/swift'),
  lua: () => import('@codemirror/legacy-modes/mode/lua'),
  clike: () => import('@codemirror/legacy-modes/mode/clike'),
  powershell: () => import('@codemirror/legacy-modes/mode/powershell'),
  dockerfile: () => import('@codemirror/legacy-modes/mode/dockerfile'),
  properties: () => import('@codemirror/legacy-modes/mode/properties'),
};

/** Where a language's grammar is: a file, and its name there. */
const languages: Record<string, readonly [keyof typeof modes, string]> = {
  ...each(['js', 'javascript', 'jsx', 'mjs', 'cjs'], 'javascript', 'javascript'),
  ...each(['ts', 'typescript', 'tsx', 'mts', 'cts'], 'javascript', 'typescript'),
  ...each(['json', 'jsonc', 'json5'], 'javascript', 'json'),
  ...each(['py', 'python'], 'python', 'python'),
  ...each(['sh', 'bash', 'shell', 'zsh', 'console'], 'shell', 'shell'),
  ...each(['css'], 'css', 'css'),
  ...each(['scss'], 'css', 'sCSS'),
  ...each(['less'], 'css', 'less'),
  ...each(['html', 'vue', 'svelte'], 'xml', 'html'),
  ...each(['xml', 'svg'], 'xml', 'xml'),
  ...each(['sql'], 'sql', 'standardSQL'),
  ...each(['yaml', 'yml'], 'yaml', 'yaml'),
  ...each(['toml'], 'toml', 'toml'),
  ...each(['diff', 'patch'], 'diff', 'diff'),
  ...each(['go', 'golang'], 'go', 'go'),
  ...each(['rust', 'rs'], 'rust', 'rust'),
  ...each(['ruby', 'rb'], 'ruby', 'ruby'),
  ...each(['swift'], 'swift', 'swift'),
  ...each(['lua'], 'lua', 'lua'),
  ...each(['c', 'h'], 'clike', 'c'),
  ...each(['cpp', 'c++', 'cc', 'hpp'], 'clike', 'cpp'),
  ...each(['java'], 'clike', 'java'),
  ...each(['cs', 'csharp', 'c#'], 'clike', 'csharp'),
  ...each(['kotlin', 'kt'], 'clike', 'kotlin'),
  ...each(['scala'], 'clike', 'scala'),
  ...each(['dart'], 'clike', 'dart'),
  ...each(['powershell', 'ps1'], 'powershell', 'powerShell'),
  ...each(['dockerfile', 'docker'], 'dockerfile', 'dockerFile'),
  ...each(['ini', 'properties', 'env'], 'properties', 'properties'),
};

function each(names: readonly string[], mode: keyof typeof modes, grammar: string) {
  return Object.fromEntries(names.map((name) => [name, [mode, grammar] as const]));
}

/** Loads the grammar, or undefined where there is none. */
export async function grammarOf(language: string): Promise<Grammar | undefined> {
  if (!Object.hasOwn(languages, language)) return undefined;
  const [mode, name] = languages[language] ?? [];
  if (!mode) return undefined;
  const found: Record<string, unknown> = await modes[mode]();
  return found[name ?? ''] as Grammar | undefined;
}
