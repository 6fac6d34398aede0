import {median, spread} from './numbers.ts';

/** Numbers of the rounds by what they are of: round by round in the same order, so that two of them can be put beside each other. */
export class Samples {
  readonly #all = new Map<string, number[]>();

  add(name: string, value: number): void {
    this.#all.set(name, [...this.of(name), value]);
  }

  of(name: string): readonly number[] {
    return this.#all.get(name) ?? [];
  }

  median(name: string): number {
    return median(this.of(name));
  }

  /** Each round's value by that of another in the same round: what the machine did meanwhile is in both. */
  ratios(name: string, other: string): number[] {
    const below = this.of(other);
    return this.of(name).flatMap((value, round) => (below[round] ? [value / below[round]] : []));
  }

  /** The median with the spread of the rounds. */
  text(name: string, digits = 0): string {
    return withSpread(this.of(name), digits);
  }

  ratioText(name: string, other: string): string {
    return withSpread(this.ratios(name, other), 2);
  }
}

const withSpread = (values: readonly number[], digits: number): string => {
  if (values.length === 0) return '–';
  const middle = median(values).toFixed(digits);
  return values.length === 1 ? middle : `${middle} (${spread(values, digits)})`;
};
