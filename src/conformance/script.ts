import * as v from 'valibot';

const action = v.strictObject({text: v.pipe(v.string(), v.minLength(1))});
const actions = v.strictObject({
  echo: v.exactOptional(action),
  stream: v.exactOptional(action),
  silent: v.exactOptional(action),
  tool: v.exactOptional(action),
  ask: v.exactOptional(action),
  fail: v.exactOptional(action),
  deaf: v.exactOptional(action),
  child: v.exactOptional(action),
  'child-at-work': v.exactOptional(action),
});
const script = v.strictObject({
  agent: v.exactOptional(v.string()),
  cwd: v.exactOptional(v.string()),
  actions,
});

/**
 * How to make the agent of a server do what a rule needs: the text of a message for each action. docs/conformance.md says
 * what each of them has to do. Rules whose action is missing are not checked.
 */
export type Script = v.InferOutput<typeof script>;
export type Action = keyof Script['actions'];

/** The file is not a script; the message is one sentence that names the place. */
export class ScriptError extends Error {}

/** Reads the text of a script file; throws a `ScriptError`. */
export const readScript = (text: string): Script => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new ScriptError('The script is not JSON.');
  }
  const {success, output, issues} = v.safeParse(script, data);
  if (success) return output;
  const [issue] = issues;
  const place = issue.path?.map(({key}) => String(key)).join('.') ?? 'the whole';
  throw new ScriptError(`The script cannot be read at ${place}: ${issue.message}.`);
};
