// What a plain page has to load, against what we allow ourselves. The build prints it, and fails when it is too much.
import {brotliCompressSync} from 'node:zlib';
import {minifySync} from 'rolldown/utils';

/**
 * A page loads `standalone.js` with all that it imports statically; `then` names modules that it loads later, when there
 * are such. Bytes, compressed by brotli (its default is the highest quality, 11).
 */
const BUDGETS = [
  {name: 'standalone.js', then: [], limit: 36_000},
  {name: 'with Markdown', then: ['/src/markdown/markdown.ts'], limit: 52_000},
];

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** The file and all that it imports statically, as chunks. */
function withImports(fileNames, chunks) {
  const seen = new Set();
  const visit = (fileName) => {
    const chunk = chunks.find((candidate) => candidate.fileName === fileName);
    if (!chunk || seen.has(chunk)) return;
    seen.add(chunk);
    chunk.imports.forEach(visit);
  };
  fileNames.forEach(visit);
  return [...seen];
}

/** `lit-html` of node_modules, or `store` of src. */
const groupOf = (id) =>
  /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? /\/src\/(.+?)(?:\/[^/]+)?$/.exec(id)?.[1] ?? 'runtime';

const compressed = (code) => brotliCompressSync(code).length;

/**
 * Who weighs how much: what each module weighs alone, scaled so that it adds up to what they weigh together.
 * Compression has no exact answer.
 */
function shares(chunks, total) {
  const sizes = new Map();
  for (const {modules} of chunks) {
    for (const [id, {code}] of Object.entries(modules)) {
      // The bundler has thrown out what is not used; here only names and comments must go.
      const size = compressed(minifySync('module.js', code ?? '', {module: true, compress: false}).code);
      sizes.set(groupOf(id), (sizes.get(groupOf(id)) ?? 0) + size);
    }
  }
  const sum = [...sizes.values()].reduce((a, b) => a + b, 0);
  return [...sizes].map(([name, size]) => [name, (size / sum) * total]).sort(([, a], [, b]) => b - a);
}

/** Takes the output of the bundler; says whether every budget is kept. */
export function printBudget(output) {
  const chunks = output.filter(({type}) => type === 'chunk');
  let isWithin = true;
  for (const {name, then, limit} of BUDGETS) {
    const later = chunks.filter(
      ({isDynamicEntry, facadeModuleId}) => isDynamicEntry && then.some((part) => facadeModuleId?.includes(part)),
    );
    // Nothing of it exists yet.
    if (then.length > 0 && later.length === 0) continue;
    const loaded = withImports(['standalone.js', ...later.map(({fileName}) => fileName)], chunks);
    const weight = loaded.reduce((sum, {code}) => sum + compressed(code), 0);
    const isOver = weight > limit;
    if (isOver) isWithin = false;
    console.log(
      `${isOver ? '✖' : '✔'} ${name}: ${kB(weight)} of ${kB(limit)} (brotli), ${loaded.length} file${loaded.length === 1 ? '' : 's'}`,
    );
    for (const [group, share] of shares(loaded, weight))
      if (share >= 50) console.log(`    ${kB(share).padStart(8)}  ${group}`);
  }
  return isWithin;
}
