import type {Job, Runtime} from './runtime.ts';

/** Between two requests of an executor, and until a launcher has claimed a job: short, but never at once. */
const STEP = 8;
/** The launcher notices later that an executor is through. */
const LAG = 100;

interface Running {
  readonly job: Job;
  readonly session: () => string | undefined;
  end(): void;
}

/**
 * Launcher and agents. What an agent does stands in its prompt:
 * `/echo TEXT` answers; `/hold` works until the test lets it go on; `/tools N` calls a tool so often; `/child PROMPT`
 * starts a child and is called back; `/crash` ends without a word.
 */
export class Executors {
  readonly #runtime: Runtime;
  readonly #running = new Map<string, Running>();
  readonly #held = new Map<string, (answer: string) => void>();
  readonly #awaited = new Map<string, () => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Jobs are left where they are. */
  isAway = false;
  /** Agents that are told to stop go on as long as this is set. */
  isDeaf = false;
  /** What a child came back with is worked on, as "callback", until the test lets it go on. */
  holdsCallbacks = false;
  /** Nothing is claimed until `claim()`. */
  isSlow = false;
  #children = 0;
  #waiting: Job[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    runtime.onJob = (job) => {
      if (this.isAway) return;
      this.#waiting.push(job);
      if (!this.isSlow) this.#later(STEP, () => this.claim());
    };
    runtime.onStop = (job) => this.#stop(job);
  }

  /** The launcher takes what is there. */
  claim(): void {
    const jobs = this.#waiting;
    this.#waiting = [];
    for (const job of jobs) if (job.status === 'pending') this.#run(job);
  }

  /** Lets the agent go on that works on this prompt. */
  release(prompt: string, answer = 'Done.'): void {
    const go = this.#held.get(prompt);
    if (!go) throw new Error(`Nobody works on “${prompt}”: ${[...this.#held.keys()].join(', ')}`);
    this.#held.delete(prompt);
    go(answer);
  }

  isWorkingOn(prompt: string): boolean {
    return this.#held.has(prompt);
  }

  /** Once an agent works on this prompt. */
  worksOn(prompt: string): Promise<void> {
    if (this.#held.has(prompt)) return Promise.resolve();
    return new Promise((resolve) => this.#awaited.set(prompt, resolve));
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#running.clear();
    this.#held.clear();
    this.#waiting = [];
  }

  #run(job: Job): void {
    const runtime = this.#runtime;
    let session: string | undefined;
    let isOver = false;
    this.#running.set(job.job_id, {job, session: () => session, end: () => (isOver = true)});
    job.status = 'running';
    const steps: (() => void)[] = [];
    // One request after the other, and a pause while there is nothing to be said.
    const next = (): void => {
      const step = steps.shift();
      if (!step || isOver) return;
      step();
      this.#later(STEP, next);
    };
    const goOn = (): void => void this.#later(STEP, next);
    const fail = () => this.#fail(job);
    const held = runtime.byName(job.session_name);
    const agent = runtime.agents.find(({name}) => name === job.agent_name);
    if (job.type === 'start_session') {
      if (held || (job.agent_name !== null && agent?.status !== 'active')) return this.#later(STEP, fail);
      steps.push(() => (session = runtime.create(job).session_id));
      const prompt = agent?.system_prompt ? `${agent.system_prompt}\n\n---\n\n${job.prompt}` : job.prompt;
      steps.push(() => runtime.message(session ?? '', 'user', prompt));
    } else {
      if (!held) return this.#later(STEP, fail);
      session = held.session_id;
      const id = session;
      // The row as it is: it says of the turn before how it ended.
      steps.push(() => runtime.patch(id, {last_resumed_at: runtime.now()}));
      steps.push(() => runtime.event(id, 'session_start'));
      steps.push(() => runtime.message(id, 'user', job.prompt));
    }
    const say = (text: string): void => {
      steps.push(() => runtime.message(session ?? '', 'assistant', text));
      steps.push(() => runtime.event(session ?? '', 'session_stop', {exit_code: 0, reason: 'completed'}));
      steps.push(() => this.#later(LAG, () => this.#complete(job)));
    };
    steps.push(() => this.#work(job, () => session ?? '', say, goOn));
    goOn();
  }

  #work(job: Job, session: () => string, say: (text: string) => void, goOn: () => void): void {
    const [word = '', ...rest] = job.prompt.split(' ');
    const text = rest.join(' ');
    const hold = (name: string): void => {
      this.#held.set(name, (answer) => {
        say(answer);
        goOn();
      });
      this.#awaited.get(name)?.();
    };
    if (this.holdsCallbacks && job.prompt.startsWith('The child')) return hold('callback');
    switch (word) {
      case '/hold':
        return hold(job.prompt);
      case '/tools': {
        const count = Number(text);
        for (let n = 0; n < count; n++) {
          this.#runtime.event(session(), 'post_tool', {tool_name: 'Read', tool_input: {n}, tool_output: n});
        }
        return say(`${count} calls made.`);
      }
      case '/child':
        this.#runtime.post({
          type: 'start_session',
          session_name: `child-${++this.#children}`,
          prompt: text,
          parent_session_name: job.session_name,
        });
        return say('Started.');
      case '/crash':
        return void this.#later(STEP, () => this.#fail(job));
      case '/echo':
        return say(text);
      default:
        return say(`Reply to: ${job.prompt.split('\n')[0]}`);
    }
  }

  #complete(job: Job): void {
    if (job.status === 'running') job.status = 'completed';
    this.#running.delete(job.job_id);
  }

  /** Nobody is told, and the row stays as it is. */
  #fail(job: Job): void {
    this.#running.get(job.job_id)?.end();
    this.#running.delete(job.job_id);
    job.status = 'failed';
    job.error = 'Process exited with code 1';
  }

  #stop(job: Job): void {
    if (this.isDeaf) return;
    const running = this.#running.get(job.job_id);
    running?.end();
    this.#held.delete(job.prompt);
    if (job.prompt.startsWith('The child')) this.#held.delete('callback');
    this.#later(STEP, () => {
      this.#running.delete(job.job_id);
      job.status = 'stopped';
      const session = running?.session();
      // No event says so.
      if (session) this.#runtime.patch(session, {status: 'stopped'});
    });
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
