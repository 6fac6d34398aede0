/** A rule that did not hold. The message says which, and what was seen instead. */
export class Wrong extends Error {
  readonly rule: string;

  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail.slice(0, 2_000)}`);
    this.name = 'Wrong';
    this.rule = rule;
  }
}

/** Fails unless it holds; `detail` is only asked for then. */
export function mustHold(rule: string, holds: boolean, detail: () => string): void {
  if (!holds) throw new Wrong(rule, detail());
}

/** What was tried, by what came of it. */
export class Tally {
  inputs = 0;
  readonly #counts = new Map<string, number>();

  /** One input more, and what became of it. */
  count(outcome: string): void {
    this.inputs += 1;
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }

  get counts(): readonly (readonly [outcome: string, count: number])[] {
    return [...this.#counts].sort(([, a], [, b]) => b - a);
  }

  of(outcome: string): number {
    return this.#counts.get(outcome) ?? 0;
  }
}

/** One round on something alive: what is done to it is plain data, so that it can be done again, or some of it. */
export interface Round<Deed> {
  /** What to do next, as far as chance decides. */
  next(): Deed;
  act(deed: Deed): void | Promise<void>;
  /** Everything is well again, and must be as it should. */
  end(): Promise<void>;
}

export interface Target<Deed> {
  readonly name: string;
  /** Of one round. */
  readonly deeds: number;
  begin(seed: number, tally: Tally): Round<Deed> | Promise<Round<Deed>>;
}

export interface Found {
  readonly seed: number;
  readonly error: Error;
  /** The fewest deeds that lead to the same. */
  readonly deeds: readonly unknown[];
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
const nameOf = (error: Error): string =>
  error instanceof Wrong ? error.rule : `${error.name} ${error.message.slice(0, 40)}`;

/** What is thrown where nobody waits for it is found all the same. */
const uncaught: Error[] = [];
const catchAll = (thrown: unknown): void => void uncaught.push(asError(thrown));

async function play<Deed>(target: Target<Deed>, seed: number, tally: Tally, given?: readonly Deed[]) {
  const deeds: Deed[] = [];
  uncaught.length = 0;
  process.on('unhandledRejection', catchAll);
  try {
    const round = await target.begin(seed, tally);
    for (let at = 0; at < (given?.length ?? target.deeds); at += 1) {
      const deed = given ? (given[at] as Deed) : round.next();
      deeds.push(deed);
      await round.act(deed);
      if (uncaught[0]) throw uncaught[0];
    }
    await round.end();
    await new Promise((resolve) => setImmediate(resolve));
    if (uncaught[0]) throw uncaught[0];
    return {deeds};
  } catch (thrown) {
    return {deeds, error: asError(thrown)};
  } finally {
    process.off('unhandledRejection', catchAll);
  }
}

/** Plays rounds until there were so many inputs; returns what the first round broke that broke something. */
export async function hunt<Deed>(
  target: Target<Deed>,
  inputs: number,
  seed: number,
  tally: Tally,
): Promise<Found | undefined> {
  for (let round = 0; tally.inputs < inputs; round += 1) {
    const mine = (Math.imul(seed, 1_000_003) + round) | 0;
    const {deeds, error} = await play(target, mine, tally);
    if (error) return {seed: mine, ...(await shortened(target, mine, deeds, error))};
  }
  return undefined;
}

/** Leaves out what is not needed, in pieces that get smaller. */
async function shortened<Deed>(target: Target<Deed>, seed: number, all: readonly Deed[], first: Error) {
  let deeds = all;
  let error = first;
  let tries = 400;
  for (let size = Math.ceil(deeds.length / 2); size >= 1 && tries > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < deeds.length && tries > 0; tries -= 1) {
      const fewer = [...deeds.slice(0, at), ...deeds.slice(at + size)];
      const again = await play(target, seed, new Tally(), fewer);
      if (again.error && nameOf(again.error) === nameOf(first)) {
        deeds = fewer;
        error = again.error;
      } else at += size;
    }
  }
  // What is left is made smaller itself, where it is a list of things.
  for (const [at, deed] of deeds.entries()) {
    for (const [field, value] of Object.entries(Object(deed) as Record<string, unknown>)) {
      if (!Array.isArray(value)) continue;
      let kept: readonly unknown[] = value;
      for (let place = kept.length - 1; place >= 0; place -= 1) {
        const smaller = deeds.with(at, {...(deeds[at] as object), [field]: kept.toSpliced(place, 1)} as Deed);
        const again = await play(target, seed, new Tally(), smaller);
        if (!again.error || nameOf(again.error) !== nameOf(first)) continue;
        kept = kept.toSpliced(place, 1);
        deeds = smaller;
        error = again.error;
      }
    }
  }
  return {deeds, error};
}
