import type {Browser} from 'puppeteer-core';
import {launch} from '../support/app.ts';
import {Diary, play} from './play.ts';
import {Rig} from './rig.ts';
import {FAULTS, storyOf} from './steps.ts';

/** After so many rounds everything begins anew: in between each finds what those before have left. */
const OF_ONE_WORLD = 15;

export interface Failure {
  readonly error: unknown;
  readonly diary: readonly string[];
  /** What the server said last. */
  readonly log: readonly string[];
  /** A picture of each tab. */
  readonly shots: ReadonlyMap<string, Uint8Array>;
}

/** Rounds of chaos, one after the other, in one browser. */
export class Rounds {
  readonly #browser: Browser;
  #rig: Rig | undefined;
  #played = 0;
  #sent = 0;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async begin(): Promise<Rounds> {
    return new Rounds(await launch());
  }

  /** Texts that people have sent in all. */
  get sent(): number {
    return this.#sent;
  }

  /** The seed says what happens; the kinds of faults take turns, so that none is left to luck. */
  async play(seed: number): Promise<Failure | undefined> {
    const rig = (this.#rig ??= await Rig.create(this.#browser));
    const before = rig.ledger.all.length;
    const diary = new Diary();
    let failure: Failure | undefined;
    try {
      await play(rig, storyOf(seed, FAULTS[seed % FAULTS.length] ?? 'cut'), diary);
    } catch (error) {
      failure = {error, diary: diary.lines, log: [...rig.log.slice(-10), ...rig.faults], shots: await shotsOf(rig)};
    }
    this.#sent += rig.ledger.all.length - before;
    this.#played += 1;
    // What is broken would only be found again.
    if (failure || this.#played % OF_ONE_WORLD === 0) await this.#endRig();
    return failure;
  }

  async end(): Promise<void> {
    await this.#endRig();
    await this.#browser.close();
  }

  async #endRig(): Promise<void> {
    const rig = this.#rig;
    this.#rig = undefined;
    await rig?.end();
  }
}

async function shotsOf(rig: Rig): Promise<Map<string, Uint8Array>> {
  const shots = new Map<string, Uint8Array>();
  for (const {name, app} of rig.tabs) {
    // One that hangs cannot be looked at; the other may.
    const shot = await app.page.screenshot().catch(() => undefined);
    if (shot) shots.set(name, shot);
  }
  return shots;
}
