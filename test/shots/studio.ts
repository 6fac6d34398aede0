import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundle, servePages} from '../../bench/kit/pages.ts';
import type {App} from '../support/app.ts';
import {World} from '../support/world.ts';

const root = join(import.meta.dirname, '../..');

/** What is photographed: the demo's page with the real server, and the same page with a server that plays a scene. */
export class Studio {
  readonly world: World;
  readonly #scenes: Awaited<ReturnType<typeof servePages>>;

  private constructor(world: World, scenes: Awaited<ReturnType<typeof servePages>>) {
    this.world = world;
    this.#scenes = scenes;
  }

  static async create(): Promise<Studio> {
    const files = new Map([
      ...(await bundle({page: join(import.meta.dirname, 'page/page.ts')})),
      ['/demo.css', readFileSync(join(root, 'demo/demo.css'))] as const,
    ]);
    const html = readFileSync(join(root, 'demo/index.html'), 'utf8');
    const body = /<body>(.*)<\/body>/s.exec(html)?.[1] ?? '';
    const head =
      '<meta name="viewport" content="width=device-width, initial-scale=1" /><link rel="stylesheet" href="/demo.css" />';
    const scenes = await servePages(files, () => `${head}${body}<script type="module" src="/page.js"></script>`);
    // A folder of this project: it is the same wherever the pictures are made.
    return new Studio(await World.create('--workspace', join(root, 'docs')), scenes);
  }

  /** A page on which the memory backend plays that scene of `page/`. */
  scene(name: string): Promise<App> {
    return this.world.openAt(this.#scenes.address(name));
  }

  async end(): Promise<void> {
    this.#scenes.close();
    await this.world.end();
  }
}
