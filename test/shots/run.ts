// npm run shots [-- --only STATE,STATE]: pictures of every state of the elements, light and dark, wide and narrow, in both
// directions, into shots/, with an index.html that shows them all.
import {mkdirSync, readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {photograph, setTheme} from './camera.ts';
import {writeContactSheet} from './contact-sheet.ts';
import {playedStates} from './states/played.ts';
import {servedStates} from './states/served.ts';
import type {State} from './states/state.ts';
import {Studio} from './studio.ts';

const FOLDER = join(import.meta.dirname, '../../shots');
const states: Readonly<Record<string, State>> = {...playedStates, ...servedStates};

const {values} = parseArgs({options: {only: {type: 'string'}}});
const chosen = values.only?.split(',') ?? Object.keys(states);
const unknown = chosen.filter((name) => !Object.hasOwn(states, name));

if (unknown.length > 0) {
  console.error(`No state ${unknown.join(', ')}; there are ${Object.keys(states).join(', ')}.`);
  process.exitCode = 2;
} else process.exitCode = await run();

async function run(): Promise<number> {
  mkdirSync(FOLDER, {recursive: true});
  const studio = await Studio.create();
  let failed = 0;
  try {
    for (const name of chosen) failed += await shoot(studio, name);
  } finally {
    await studio.end();
  }
  writeContactSheet(FOLDER);
  console.log(
    `${chosen.length - failed} states in ${join('shots', 'index.html')}${failed ? `, ${failed} could not be reached` : ''}`,
  );
  return failed > 0 ? 1 : 0;
}

/** Returns 1 if the state could not be reached: the others are photographed all the same. */
async function shoot(studio: Studio, name: string): Promise<0 | 1> {
  const state = states[name];
  if (!state) return 1;
  for (const file of readdirSync(FOLDER).filter((each) => each.startsWith(`${name}.`))) rmSync(join(FOLDER, file));
  try {
    const app = await state.reach(studio);
    await setTheme(app.page, 'light');
    await photograph(app.page, name, FOLDER, state.panel);
    const complaints = await studio.world.closeTabs();
    if (complaints.length > 0) throw new Error(`The console complained: ${complaints.join('\n')}`);
    console.log(`✔ ${name}`);
    return 0;
  } catch (error) {
    await studio.world.closeTabs();
    console.error(`✖ ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
