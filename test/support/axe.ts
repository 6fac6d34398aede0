import {createRequire} from 'node:module';
import type {App} from './app.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds on the page, a line each. The page's policy must let it in: `setBypassCSP`, and a reload. */
export async function violations(app: App): Promise<string[]> {
  await app.page.addScriptTag({path: axe});
  return app.page.evaluate(async () => {
    const {axe} = window as unknown as {
      axe: {run(): Promise<{violations: {id: string; nodes: {target: unknown; failureSummary?: string}[]}[]}>};
    };
    const {violations} = await axe.run();
    return violations.flatMap(({id, nodes}) =>
      nodes.map(({target, failureSummary}) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`),
    );
  });
}
