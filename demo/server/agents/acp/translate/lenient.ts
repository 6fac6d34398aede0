import {cutUnits} from '../../../core/text.ts';

/**
 * Reading what an agent sent without refusing it: a field that is missing or of another type is as if it were not there.
 * The official parser drops a whole message for one wrong field, and with it words that a person should have seen.
 */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (raw: unknown): Fields =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Fields) : {};

export const listOf = (raw: unknown): readonly unknown[] => (Array.isArray(raw) ? raw : []);

/** A text that is not empty. */
export const wordsOf = (raw: unknown): string | undefined => (typeof raw === 'string' && raw !== '' ? raw : undefined);

export const numberOf = (raw: unknown): number | undefined =>
  typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined;

/** The first line of a text, at most `max` UTF-16 units of it, none of them half of a pair. */
export const firstLine = (text: string, max: number): string =>
  cutUnits(
    text
      .trim()
      .split(/[\r\n]/, 1)[0]
      ?.trim() ?? '',
    max,
  );
