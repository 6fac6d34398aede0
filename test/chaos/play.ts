import {setTimeout as pass} from 'node:timers/promises';
import {checkAtRest, PATIENCE} from './check.ts';
import {inflict, placeOf, type Heal} from './faults.ts';
import type {Rig} from './rig.ts';
import {textOf} from './scripts.ts';
import {isFault, type Act, type Fault, type Step} from './steps.ts';

/** What has happened, a line each, with the milliseconds since the round began. */
export class Diary {
  readonly lines: string[] = [];
  readonly #began = performance.now();

  write(line: string): void {
    this.lines.push(`${String(Math.round(performance.now() - this.#began)).padStart(6)} ms  ${line}`);
  }
}

/** Faults that were really injected, by kind. */
export const injected = new Map<string, number>();

/** Plays a story while things fail, lets everything heal, waits for quiet, and throws what is not as it must be. */
export async function play(rig: Rig, steps: readonly Step[], diary = new Diary(), patience = PATIENCE): Promise<void> {
  if (!steps.some((step) => step.do === 'open tab')) await rig.openTab(1);
  await Promise.all(rig.tabs.map((tab) => tab.revive()));
  const before = rig.ledger.all.length;
  const open = new Map<string, Promise<void>>();
  const over = new AbortController();
  try {
    for (const step of steps) {
      // Part of the story: what comes when is what is tried here.
      await pass(step.wait);
      if (isFault(step)) await strike(rig, step, {open, over: over.signal, diary});
      else diary.write(`${JSON.stringify(step)}: ${await act(rig, step)}`);
    }
  } finally {
    over.abort();
    await Promise.all(open.values());
    rig.swallow = 0;
  }
  diary.write('everything heals');
  await Promise.all(rig.tabs.map((tab) => tab.revive()));
  const touched = rig.ledger.all.slice(before).map(({session}) => session);
  await checkAtRest(rig, new Set(touched), patience);
  diary.write('all is as it must be');
}

interface Going {
  /** Faults that last, each until it is healed. */
  readonly open: Map<string, Promise<void>>;
  /** Aborted when all is to heal. */
  readonly over: AbortSignal;
  readonly diary: Diary;
}

async function strike(rig: Rig, step: Step & Fault, {open, over, diary}: Going): Promise<void> {
  const place = placeOf(step);
  const heal = open.has(place) ? undefined : await inflict(rig, step);
  diary.write(`${JSON.stringify(step)}${heal ? '' : ': not now'}`);
  if (!heal) return;
  injected.set(step.do, (injected.get(step.do) ?? 0) + 1);
  if (!('for' in step)) return;
  open.set(
    place,
    healed(heal, step.for, over).then(() => {
      open.delete(place);
      diary.write(`${step.do} is over`);
    }),
  );
}

async function healed(heal: Heal, ms: number, over: AbortSignal): Promise<void> {
  await pass(ms, undefined, {signal: over}).catch(() => undefined);
  await heal();
}

/** Returns what came of it, for the diary. */
async function act(rig: Rig, act: Act): Promise<string> {
  const tab = rig.tab(act.tab);
  if (!tab?.isUsable) return 'nobody can';
  switch (act.do) {
    case 'say':
    case 'begin': {
      const nth = rig.ledger.next();
      if (act.do === 'begin') await tab.press('^New session$');
      // Words that have come back are sent first, as they are.
      if ((await tab.condition())?.box) await note(rig, tab.name, await tab.say(''));
      return note(rig, tab.name, await tab.say(textOf(act.script, nth)));
    }
    case 'open':
      return said(await tab.open(act.row));
    case 'answer':
      return said(await tab.press(`^${act.option}$`));
    case 'stop':
      return said(await tab.press('^Stop$'));
    case 'continue':
      return said(await tab.press('^Continue$'));
    case 'reconnect':
      return said(await tab.press('^Reconnect$'));
    case 'remove': {
      const words = await tab.remove();
      if (words !== undefined) rig.ledger.remove(words);
      return words ?? 'nothing to remove';
    }
  }
}

const said = (isDone: boolean): string => (isDone ? 'done' : 'nothing to press');

function note(rig: Rig, tab: string, sent: {readonly text: string; readonly session: string} | undefined): string {
  if (!sent) return 'could not be sent';
  rig.ledger.add({...sent, tab});
  return `${JSON.stringify(sent.text)} to ${sent.session}`;
}
