import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {build} from 'vite';

/** The files of a build, by their path on the server. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

interface Output {
  readonly output: readonly ({fileName: string} & (
    {type: 'chunk'; code: string} | {type: 'asset'; source: string | Uint8Array}
  ))[];
}

/** What a build that writes nothing has made, whichever of its forms it comes in. */
export function filesOf(result: Awaited<ReturnType<typeof build>>): Files {
  const outputs = [result].flat().flatMap((one) => ('output' in one ? [one as Output] : []));
  return new Map(
    outputs.flatMap(({output}) =>
      output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const),
    ),
  );
}

/** Bundles scripts as a page would load them: each is `/<name>.js`, what they share is in files beside them. */
export async function bundle(scripts: Readonly<Record<string, string>>): Promise<Files> {
  process.env.NODE_ENV = 'production';
  return filesOf(
    await build({
      root: import.meta.dirname,
      configFile: false,
      logLevel: 'error',
      define: {'process.env.NODE_ENV': '"production"'},
      build: {
        write: false,
        modulePreload: false,
        rolldownOptions: {
          input: {...scripts},
          output: {entryFileNames: '[name].js'},
          preserveEntrySignatures: false,
        },
      },
    }),
  );
}

/** The body of a page that loads these scripts. */
export const scriptTags = (...names: readonly string[]): string =>
  names.map((name) => `<script type="module" src="/${name}.js"></script>`).join('');

/** Serves files, and for any other path a page with the body that `bodyOf` gives for it. */
export async function servePages(files: Files, bodyOf: (name: string) => string) {
  const server = createServer(({url = '/'}, response) => {
    const file = files.get(url);
    const type = file === undefined ? 'text/html' : url.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(file ?? `<!doctype html><title>bench</title><body style="margin:0">${bodyOf(url.slice(1))}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {origin, address: (name: string) => `${origin}/${name}`, close: () => server.close()};
}
