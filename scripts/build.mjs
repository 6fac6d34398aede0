// `npm run build`: everything in dist/.
//   node scripts/build.mjs --demo-if-stale   only the demo's pages, and only if a source is newer; silent on stdout
// It is built beside dist/ and put in place at the end, so that a server or a test at work never sees half of it.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {capture, root, since} from './run.mjs';

// Lit and Vite look at it; a shell that says `test` must not change what is built.
process.env.NODE_ENV = 'production';

const dist = join(root, 'dist');
const next = join(root, `.build-${process.pid}`);

async function bundle(mode, outDir) {
  const {build} = await import('vite');
  const result = await build({
    mode,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: {outDir, emptyOutDir: false, copyPublicDir: mode === 'demo'},
  });
  return [result].flat().flatMap(({output}) => output);
}

async function tool(command, ...args) {
  const {code, output} = await capture(command, args);
  if (code !== 0) throw new Error(`${command} failed\n${output}`);
}

const filesBelow = (folder, ending = '') =>
  readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));

/** tsc rewrites `./x.ts` in what it compiles, but not in the declarations, where older compilers stumble over it. */
async function types(outDir) {
  await tool('tsc', '-p', 'tsconfig.build.json', '--outDir', outDir);
  for (const file of filesBelow(outDir, '.d.ts')) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/((?:from|import)\s*\(?\s*['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'));
  }
}

/** The policy that the demo is served with forbids what stands inline; better to fail here than on a blank page. */
async function demo(outDir) {
  const start = new Date();
  await bundle('demo', outDir);
  for (const file of filesBelow(outDir, '.html')) {
    const inline = /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>/i.exec(readFileSync(file, 'utf8'));
    if (inline) throw new Error(`${file}: ${inline[0].trim()} is inline, which the page's security policy forbids`);
  }
  // So that what changes while this runs counts as newer.
  utimesSync(join(outDir, 'index.html'), start, start);
}

/** What the package promises and a page would notice too late. */
async function verify(standalone) {
  const own = new Set(standalone.map(({fileName}) => fileName));
  const bare = standalone
    .flatMap(({imports = [], dynamicImports = []}) => [...imports, ...dynamicImports])
    .filter((file) => !own.has(file));
  if (bare.length > 0) throw new Error(`standalone.js imports ${bare.join(', ')}, which a plain page cannot find`);
  // Not even a probe: strict policies report it.
  const evaluates = standalone.find(({code}) => code && /\beval\(|\bFunction\(/.test(code));
  if (evaluates) throw new Error(`${evaluates.fileName} evaluates text as code, which strict policies forbid`);
  // Servers render pages too: the entries must load where there is no DOM.
  await tool(
    'node',
    '--input-type=module',
    '--eval',
    `await import('${next}/conformance.js'); await import('${next}/index.js'); await import('${next}/define.js'); await import('${next}/inspector.js')`,
  );
}

/** Puts a finished folder in the place of another; two builds at once may both try. */
function replace(target, by) {
  mkdirSync(dirname(target), {recursive: true});
  const old = `${by}-old`;
  for (let attempts = 0; ; attempts++) {
    try {
      if (existsSync(target)) renameSync(target, old);
      renameSync(by, target);
      break;
    } catch (error) {
      if (attempts === 5) throw error;
    } finally {
      rmSync(old, {recursive: true, force: true});
    }
  }
}

function isDemoStale() {
  const page = join(dist, 'demo/index.html');
  if (!existsSync(page)) return true;
  const built = statSync(page).mtimeMs;
  const own = readdirSync(join(root, 'demo'))
    .filter((file) => /\.(html|css|ts)$/.test(file))
    .map((file) => join(root, 'demo', file));
  const folders = ['src', 'demo/hosts', 'demo/public']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder));
  const sources = [
    ...own,
    ...folders.flatMap((folder) => filesBelow(folder)),
    join(root, 'package-lock.json'),
    join(root, 'vite.config.ts'),
  ];
  return sources.some((file) => !file.endsWith('.test.ts') && statSync(file).mtimeMs > built);
}

async function step(name, work) {
  const start = performance.now();
  const result = await work();
  console.error(`✔ ${name} (${since(start)})`);
  return result;
}

async function all() {
  mkdirSync(next);
  const steps = await Promise.allSettled([
    step('standalone.js', () => bundle('standalone', next)),
    step('index.js, define.js', () => bundle('library', next)),
    step('types', () => types(next)),
    // Its `--outdir` is relative, also when it looks absolute.
    step('custom-elements.json', () =>
      tool('cem', 'analyze', '--config', 'custom-elements-manifest.config.mjs', '--outdir', relative(root, next)),
    ),
    step('session-sync.schema.json', () => tool('tsx', 'scripts/schema.ts', join(next, 'session-sync.schema.json'))),
    step('demo', () => demo(join(next, 'demo'))),
    step('server', () => bundle('server', join(next, 'server'))),
  ]);
  const failed = steps.find(({status}) => status === 'rejected');
  if (failed) throw failed.reason;
  const standalone = steps[0].value;
  await verify(standalone);
  const {printBudget} = await import('./budget.mjs');
  const isWithin = printBudget(standalone);
  replace(dist, next);
  if (!isWithin) process.exitCode = 1;
}

try {
  if (!process.argv.includes('--demo-if-stale')) await all();
  else if (isDemoStale()) {
    await step('demo', () => demo(next));
    replace(join(dist, 'demo'), next);
  }
} catch (error) {
  console.error(`✖ ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(next, {recursive: true, force: true});
}
