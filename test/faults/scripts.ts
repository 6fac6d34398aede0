import type {Agent, AgentEvent, AgentSession, AgentTurn, Offer, OptionValue} from '../../demo/server/core/agent.ts';
import type {Clock} from '../../demo/server/core/ports.ts';

/** How an agent behaves in one turn; the words that it answers name it. */
export const SCRIPTS = [
  'brief',
  'stream',
  'tools',
  'asks',
  'thinks',
  'child',
  'twins',
  'leaves',
  'fails',
  'burst',
  'deaf',
  'silent',
] as const;
export type Script = (typeof SCRIPTS)[number];

/** The words that make the agent follow a script. `tag` is found in all that comes of them. */
export const wordsFor = (tag: string, script: Script): string => `${tag} [${script}]`;

const scriptOf = (text: string): Script => SCRIPTS.find((script) => text.includes(`[${script}]`)) ?? 'brief';

/** Whose words these are: the tag is their first word, and the user its beginning. */
const userOf = (text: string): string => /\p{L}+(?=#)/u.exec(text)?.[0] ?? 'nobody';

interface Stage {
  readonly say: string;
  pause(ms: number): Promise<void>;
  /** Ends with the turn. */
  readonly stopped: Promise<void>;
}

/** An agent that plays the script that it is asked for, on the clock of the server's process. */
export class ScriptedAgent implements Agent {
  readonly id = 'actor';
  readonly title = 'Actor';
  readonly offers: readonly Offer[] = ['plans', 'options', 'commands', 'questions'];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** After a moment, in which the page shows what was wished. */
  async setOption(_: AgentSession, option: string, value: OptionValue): Promise<void> {
    await new Promise<void>((resolve) => this.#clock.timer(150, resolve));
    if (value === 'loud') throw new Error(`${option} cannot be that`);
  }

  async *run({messages}: AgentTurn, signal: AbortSignal): AsyncGenerator<AgentEvent> {
    const text = messages[0]?.text ?? '';
    const script = messages[0]?.child ? 'brief' : scriptOf(text);
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const pause = (ms: number): Promise<void> => {
      const slept = new Promise<void>((resolve) => this.#clock.timer(ms, resolve));
      return script === 'deaf' ? slept : Promise.race([slept, stopped]);
    };
    for await (const event of play[script]({say: userOf(text), pause, stopped})) {
      yield event;
      if (signal.aborted && script !== 'deaf') return;
    }
  }
}

const tones = [
  {value: 'soft', label: 'Soft'},
  {value: 'plain', label: 'Plain'},
  {value: 'loud', label: 'Loud'},
];

const plan = (done: boolean): AgentEvent => ({
  type: 'plan',
  entries: [
    {text: 'think', status: done ? 'done' : 'running'},
    {text: 'say', status: done ? 'running' : 'pending'},
  ],
});

type Play = (stage: Stage) => AsyncGenerator<AgentEvent>;

async function* streams({say, pause}: Stage, pieces: number, ms: number): AsyncGenerator<AgentEvent> {
  yield {type: 'text', text: `${say}# says`};
  for (let piece = 0; piece < pieces; piece += 1) {
    await pause(ms);
    // A pair in two halves: no page may ever see one of them.
    yield {type: 'text', text: ` ${piece} \ud83d`};
    yield {type: 'text', text: '\ude00'};
  }
}

async function* tool(stage: Stage, ends: boolean): AsyncGenerator<AgentEvent> {
  const {say, pause} = stage;
  yield {type: 'tool-began', ref: 'dig', name: 'dig', input: {who: say}};
  for (let piece = 0; piece < 4; piece += 1) {
    await pause(120);
    yield {type: 'tool-output', ref: 'dig', text: `${say} dust ${piece}\n`};
    yield {type: 'tool-updated', ref: 'dig', title: `${say} at ${piece}`};
  }
  if (ends) yield {type: 'tool-ended', ref: 'dig', outcome: 'completed'};
}

async function* child({say}: Stage, number: number): AsyncGenerator<AgentEvent> {
  const text = wordsFor(`${say}#child${number}`, 'stream');
  yield {type: 'child', text, started: () => undefined};
}

const play: Readonly<Record<Script, Play>> = {
  async *brief({say}) {
    yield {type: 'text', text: `${say}# done`};
  },
  stream: (stage) => streams(stage, 12, 90),
  async *tools(stage) {
    yield* streams(stage, 2, 60);
    yield* tool(stage, true);
    yield* streams(stage, 2, 60);
  },
  async *asks({say, stopped}) {
    yield {type: 'text', text: `${say}# wants`};
    let answered: (option: string | null) => void = () => undefined;
    const answer = new Promise<string | null>((resolve) => (answered = resolve));
    yield {
      type: 'approval',
      title: `${say} may?`,
      options: [
        {id: 'yes', label: 'Yes', kind: 'allow'},
        {id: 'no', label: 'No', kind: 'reject'},
      ],
      answer: answered,
    };
    const option = await Promise.race([answer, stopped]);
    yield {type: 'text', text: `${say}# was told ${option ?? 'nothing'}`};
    if (option === null || option === undefined) return;
    let filled: (values: unknown) => void = () => undefined;
    const values = new Promise<unknown>((resolve) => (filled = resolve));
    const fields = [{id: 'how', label: 'How', type: 'text' as const, required: true}];
    yield {type: 'question', text: `${say} how?`, fields, answer: filled};
    yield {type: 'text', text: `${say}# then heard ${JSON.stringify((await Promise.race([values, stopped])) ?? null)}`};
  },
  async *thinks(stage) {
    yield {type: 'options', options: [{id: 'tone', label: 'Tone', type: 'select', value: 'plain', choices: tones}]};
    yield {type: 'commands', commands: [{name: 'think', description: `as ${stage.say}`}]};
    yield plan(false);
    for await (const event of streams(stage, 4, 80)) yield event.type === 'text' ? {...event, type: 'thought'} : event;
    yield* streams(stage, 3, 80);
    yield plan(true);
    yield {type: 'usage', used: 1, size: 3};
    yield {type: 'notice', level: 'info', text: `${stage.say} noticed`};
    yield* streams(stage, 2, 80);
  },
  async *child(stage) {
    yield* child(stage, 1);
    yield {type: 'text', text: `${stage.say}# waits`};
  },
  async *twins(stage) {
    yield* child(stage, 1);
    await stage.pause(200);
    yield* child(stage, 2);
    yield* streams(stage, 10, 150);
  },
  async *leaves(stage) {
    yield* tool(stage, false);
    yield {type: 'text', text: `${stage.say}# left`};
  },
  async *fails(stage) {
    yield* tool(stage, false);
    yield* streams(stage, 3, 50);
    throw new Error('bad luck');
  },
  async *burst({say}) {
    for (let piece = 0; piece < 80; piece += 1) yield {type: 'text', text: `${say} ${'much '.repeat(10)}${piece}`};
    yield {type: 'notice', level: 'warning', text: `${say} was loud`};
    yield {type: 'text', text: `${say}# end`};
  },
  deaf: (stage) => streams(stage, 60, 200),
  async *silent({stopped}) {
    await stopped;
    yield {type: 'text', text: 'too late'};
  },
};
