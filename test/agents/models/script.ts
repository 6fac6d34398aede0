/** What a person says in the checks; the scripted model answers each of them in its own way. */
export const prompts = {
  text: 'Say hello.',
  thought: 'Think before you answer: how many lights has the harbour?',
  read: 'Read notes.md.',
  allowed: 'Correct the year in notes.md.',
  rejected: 'Rename the harbour in notes.md.',
  command: 'Light the harbour.',
  long: 'Wait for the tide.',
  recall: 'What did I ask you first?',
} as const;

export const NOTES = 'notes.md';
export const notes = `# Harbour

Built in 1923, with four lights.
The keeper is away on Mondays.
`;
export const corrected = notes.replace('1923', '1932');

/** So odd a number of seconds that no other process on the machine waits for it. */
export const WAIT = 'sleep 613.27';
export const LIGHTS = [1, 2, 3, 4].map((number) => `Light ${number} is on`);

/** What the model says where the checks look for it. */
export const words = {
  text: 'Hello from the scripted model',
  thought: 'counting the lights one by one',
  answer: 'It has four lights',
  read: 'away on Mondays',
  done: 'That is done',
  lit: 'All of them shine',
  left: 'I leave it as it is',
  remembered: 'You began with: Say hello',
  forgotten: 'I know of nothing before this',
} as const;

/** A request to a model, whichever API it came by. */
export interface Asked {
  /** What the person has said so far, with all that the agent puts around it. */
  readonly user: readonly string[];
  /** What tools have returned since the person spoke last. */
  readonly results: readonly string[];
  /** Names of the tools that the agent offers; without any, it asks for its own purposes. */
  readonly tools: readonly string[];
}

/** What a tool is to do; each agent has its own names for it. */
export type Call =
  | {readonly does: 'read'}
  | {readonly does: 'edit'; readonly before: string; readonly after: string}
  | {readonly does: 'run'; readonly command: string};

export interface Answer {
  readonly thought?: string;
  readonly text?: string;
  readonly call?: Call;
}

/** The same answer to the same request, always. */
export function answer({user, results, tools}: Asked): Answer {
  if (tools.length === 0) return {text: 'A harbour'};
  const last = user.at(-1) ?? '';
  const [result] = results.slice(-1);
  const is = (prompt: keyof typeof prompts): boolean => last.includes(prompts[prompt]);
  if (is('text')) return {text: `${words.text}. Everything here runs on **this machine**, and nothing leaves it.`};
  if (is('thought')) return {thought: `I am ${words.thought}.`, text: `${words.answer}.`};
  if (is('recall')) {
    const remembers = user.slice(0, -1).some((said) => said.includes(prompts.text));
    return {text: `${remembers ? words.remembered : words.forgotten}.`};
  }
  if (result !== undefined) {
    if (is('read'))
      return {text: result.includes(words.read) ? `The keeper is ${words.read}.` : 'I could not read it.'};
    const isNo = /reject|denied|declin|cancel|not allow|refus|permission/i.test(result);
    return {text: `${isNo ? words.left : is('command') ? words.lit : words.done}.`};
  }
  if (is('read')) return {text: 'I look at the notes.', call: {does: 'read'}};
  if (is('allowed')) return {text: 'The year is wrong.', call: {does: 'edit', before: '1923', after: '1932'}};
  if (is('rejected')) return {text: 'A new name, then.', call: {does: 'edit', before: '# Harbour', after: '# Port'}};
  if (is('command')) {
    const command = 'for n in 1 2 3 4; do echo "Light $n is on"; sleep 1; done';
    return {text: 'I switch them on.', call: {does: 'run', command}};
  }
  if (is('long')) return {text: 'I wait.', call: {does: 'run', command: `until false; do ${WAIT}; done > tide.txt`}};
  return {text: 'I have no answer to that.'};
}
