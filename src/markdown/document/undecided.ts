/** What may become a fence, a rule, an entry of a list, a task, a heading, or the underline of one. */
const MARKER = /^[\s>]*(?:[-+*]\s+|\d{1,9}[.)]\s+)?(?:[-+*_=#|:\s]*|`+|~+|\d{1,9}[.)]?|\[[ xX]?\]?)\s*$/;

/** A definition, whose address would be wrong as yet, or the label of one. */
const DEFINITION = /^ {0,3}\[(?:(?:[^[\]\\]|\\.)+\]:|[^[\]]{0,40}\]?$)/;

const ROW = /^[\s>]*\|/;
const BELOW_HEAD = /^[\s>|:-]*$/;

/**
 * How many of the last `lines`, of which the very last has no end yet, are better not shown: nobody can say what they are.
 * They would be seen as one thing and then turn into another.
 */
export function undecided(lines: readonly string[]): 0 | 1 | 2 {
  const [third = '', before = '', last = ''] =
    lines.slice(-3).length < 3 ? ['', '', ...lines].slice(-3) : lines.slice(-3);
  if (last.length > 400) return 0;
  // The first row of a table, as long as the line below it may make it one.
  if (ROW.test(before) && !ROW.test(third) && !BELOW_HEAD.test(before) && BELOW_HEAD.test(last)) return 2;
  if (MARKER.test(last) || DEFINITION.test(last)) return 1;
  return ROW.test(last) && !ROW.test(before) ? 1 : 0;
}
