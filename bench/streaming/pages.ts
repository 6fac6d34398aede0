import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {build} from 'vite';

const here = import.meta.dirname;
const peers = join(here, 'peers');

/** Installs what is measured beside this package, into a folder of its own. Returns the versions, or why there are none. */
export function installPeers(): Record<string, string> | string {
  const {status, stderr} = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
    {
      cwd: peers,
      encoding: 'utf8',
    },
  );
  if (status !== 0)
    return stderr
      .split('\n')
      .filter((line) => line.startsWith('npm error'))
      .join('; ');
  const {dependencies} = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies;
}

/** Serves a page for each script; returns the address of one. */
export async function servePages(scripts: Readonly<Record<string, string>>) {
  process.env.NODE_ENV = 'production';
  const result = await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    define: {'process.env.NODE_ENV': '"production"'},
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: {drive: join(here, 'drive.ts'), ...scripts},
        output: {entryFileNames: '[name].js'},
        preserveEntrySignatures: false,
      },
    },
  });
  const files = new Map(
    [result]
      .flat()
      .flatMap((one) =>
        ('output' in one ? one.output : []).map((file) => [
          `/${file.fileName}`,
          file.type === 'chunk' ? file.code : file.source,
        ]),
      ),
  );
  const server = createServer(({url = '/'}, response) => {
    const file = files.get(url);
    response.setHeader(
      'content-type',
      file === undefined ? 'text/html; charset=utf-8' : url.endsWith('.css') ? 'text/css' : 'text/javascript',
    );
    const name = url.slice(1);
    response.end(
      file ??
        `<!doctype html><title>bench</title><body style="margin:0"><script type="module" src="/${name}.js"></script><script type="module" src="/drive.js"></script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {address: (name: string) => `http://127.0.0.1:${port}/${name}`, close: () => server.close()};
}
