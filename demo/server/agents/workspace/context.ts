import type {Clock} from '../../core/ports.ts';
import type {Place} from './paths.ts';

/** How much one turn may read and say: a workspace can be anything, a home folder too. */
export interface Limits {
  /** Of one folder. */
  readonly entries: number;
  /** Of one walk. */
  readonly files: number;
  /** Of one file that is searched or counted; larger ones are passed over. */
  readonly fileBytes: number;
  /** Of one walk, in all. */
  readonly walkBytes: number;
  /** Of a file that is shown. */
  readonly shownBytes: number;
  readonly matches: number;
  /** Of lines shown in a list. */
  readonly rows: number;
}

export const defaultLimits: Limits = {
  entries: 10_000,
  files: 5_000,
  fileBytes: 1024 * 1024,
  walkBytes: 64 * 1024 * 1024,
  shownBytes: 64 * 1024,
  matches: 100,
  rows: 200,
};

/** What a turn works with. */
export interface Context {
  readonly place: Place;
  readonly clock: Clock;
  /** Aborted when the turn is stopped; everything here ends at its next step. */
  readonly signal: AbortSignal;
  readonly limits: Limits;
  /** Between two pieces of an answer, in milliseconds; 12 unless chosen otherwise. */
  readonly pace?: number;
}

/** A tool cannot do what it was asked; the message is for the person who asked. */
export class Refusal extends Error {}
