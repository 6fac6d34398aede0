const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const fields = Object.keys(a);
  return (
    fields.length === Object.keys(b).length &&
    fields.every((field) => Object.hasOwn(b, field) && same(Reflect.get(a, field), Reflect.get(b, field)))
  );
};

/**
 * Throws unless both are the same plain data. The contract tests bring it along, so that they need no assertion library;
 * runners show the difference from the two fields of the error.
 */
export const equal = (actual: unknown, expected: unknown): void => {
  if (same(actual, expected)) return;
  const error = new Error(`expected ${JSON.stringify(actual)} to equal ${JSON.stringify(expected)}`);
  throw Object.assign(error, {name: 'AssertionError', actual, expected, showDiff: true});
};
