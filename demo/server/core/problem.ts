import * as v from 'valibot';

const PLACE_UNITS = 60;

/** What a parser missed and where, without what it found instead: that may be long, and is nobody's business. */
export const problemOf = (issue: v.BaseIssue<unknown>): string =>
  `${(v.getDotPath(issue) ?? 'value').slice(0, PLACE_UNITS)} is not ${(issue.expected ?? 'as it should be').slice(0, PLACE_UNITS)}`;
