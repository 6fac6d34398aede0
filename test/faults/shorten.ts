import type {Step, Story} from './steps.ts';

type Fails = (story: Story) => Promise<boolean>;

/** What a step may be made simpler by, the simplest first. */
const SIMPLER: readonly Readonly<Record<string, unknown>>[] = [
  {wait: 0},
  {wait: 5},
  {wait: 50},
  {wait: 1_000},
  {page: 0},
  {on: 0},
  {script: 'brief'},
  {up: 0},
  {down: 0},
  {back: 0},
  {nth: 1},
  {notice: 'soon'},
  {at: 'once'},
  {how: 'drop'},
  {for: 8},
  {for: 700},
];

/** A story that fails, made as short and as plain as it can be by leaving out and by changing one thing at a time. */
export async function shorten(story: Story, fails: Fails): Promise<Story> {
  let {setting, steps} = story;
  for (const simple of [{...setting, bounds: 'usual'} as const, {...setting, maxTurns: 8}]) {
    if (await fails({setting: simple, steps})) setting = simple;
  }
  for (let before = Infinity; steps.length < before;) {
    before = steps.length;
    steps = await leaveOut(steps, (fewer) => fails({setting, steps: fewer}));
  }
  steps = await simplify(steps, (simpler) => fails({setting, steps: simpler}));
  return {setting, steps: await leaveOut(steps, (fewer) => fails({setting, steps: fewer}))};
}

async function leaveOut(
  all: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  let steps = all;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < steps.length;) {
      const fewer = [...steps.slice(0, at), ...steps.slice(at + size)];
      if (await fails(fewer)) steps = fewer;
      else at += size;
    }
  }
  return steps;
}

async function simplify(
  all: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  const steps = [...all];
  for (const [at, step] of steps.entries()) {
    let held = step;
    const done = new Set<string>();
    for (const change of SIMPLER) {
      const [[field, value] = ['', undefined]] = Object.entries(change);
      const now: unknown = Reflect.get(held, field);
      if (now === undefined || done.has(field)) continue;
      if (now === value || (field === 'wait' && (now as number) <= (value as number))) {
        done.add(field);
        continue;
      }
      const simpler = {...held, ...change} as Step;
      if (await fails(steps.with(at, simpler))) {
        held = simpler;
        steps[at] = held;
        done.add(field);
      }
    }
  }
  return steps;
}
