import {answerOf} from './answer.ts';
import type {Listed} from './candidates.ts';
import type {Pace} from './drive.ts';
import type {Measurement} from './measure.ts';

/** What is written: at which pace, and how many KB. */
export interface Text {
  readonly pace: Pace;
  readonly size: number;
  /** How many times slower the main thread is made. */
  readonly slow: number;
}

export interface Measured extends Text {
  readonly name: string;
  readonly cost: Measurement;
}

/** What was measured so far, round by round. */
export class Results {
  readonly #all: Measured[] = [];

  add(measured: Measured): void {
    this.#all.push(measured);
  }

  /** All rounds of one. */
  of(name: string, {pace, size, slow}: Text): readonly Measurement[] {
    return this.#all
      .filter((one) => one.name === name && one.pace === pace && one.size === size && one.slow === slow)
      .map(({cost}) => cost);
  }

  /** It has not been able to take as much, or less, in the time that it has. */
  gaveUp(name: string, {pace, size, slow}: Text): boolean {
    return this.#all.some(
      (one) =>
        one.name === name &&
        one.pace === pace &&
        one.slow <= slow &&
        one.size <= size &&
        one.cost.written < one.cost.pieces,
    );
  }

  /** Milliseconds of the main thread in which it has not been able to take this one. */
  notIn(name: string, text: Text): number | undefined {
    return this.of(name, text).find(({written, pieces}) => written < pieces)?.task;
  }

  /** Sentences about texts that were not shown as a whole. */
  failures(listed: readonly Listed[]): string[] {
    const told = this.#all.flatMap(({name, pace, size, cost}) => {
      const plain = listed.find((one) => one.name === name)?.plain;
      const wanted = JSON.stringify(answerOf(size * 1024).structure);
      if (cost.written < cost.pieces) return [];
      if (!cost.isWhole) return [`${name}: of ${size} KB (${pace}) not all is on the page.`];
      const isRight = plain || JSON.stringify(cost.structure) === wanted;
      return isRight
        ? []
        : [`${name}: of ${size} KB (${pace}) the structure is ${JSON.stringify(cost.structure)}, not ${wanted}.`];
    });
    return [...new Set(told)];
  }
}
