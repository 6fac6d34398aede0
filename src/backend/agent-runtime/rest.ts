import type {Environment, ResponseLike} from '../backend.ts';
import type {Answer, Ask} from './state.ts';

/** Of one request. A write may block the whole server for 5 s. */
const PATIENCE = 20_000;

type Request = Exclude<Ask, {ask: 'remind'}> | {readonly ask: 'agents' | 'health'};

/** The requests of one connection. */
export class Rest {
  readonly #base: string;
  readonly #environment: Environment;
  readonly #open = new Set<AbortController>();
  #isOver = false;

  constructor(base: string, environment: Environment) {
    this.#base = base;
    this.#environment = environment;
  }

  /** Calls `then` with the answer, or with why there was none; never after `end`. */
  send(request: Request, then: (answer: Answer) => void): void {
    const {method, path, body} = lineOf(request);
    const controller = new AbortController();
    this.#open.add(controller);
    const stopTimer = this.#environment.timer(PATIENCE, () =>
      controller.abort(new Error('The server did not answer in time.')),
    );
    const over = (answer: Answer): void => {
      stopTimer();
      this.#open.delete(controller);
      if (!this.#isOver) then(answer);
    };
    // Without a body nothing is asked that a page of another origin would have to be allowed beforehand.
    const json = body && {headers: {'content-type': 'application/json'}, body: JSON.stringify(body)};
    this.#fetch(this.#base + path, {method, signal: controller.signal, ...json})
      .then(async (response) => ({status: response.status, body: parsed(await response.text())}))
      .then(over, (cause: unknown) => over({status: 0, body: cause instanceof Error ? cause.message : String(cause)}));
  }

  /** What is on its way is given up, and its answer is not heard. */
  end(): void {
    this.#isOver = true;
    for (const controller of this.#open) controller.abort();
    this.#open.clear();
  }

  async #fetch(url: string, init: Parameters<NonNullable<Environment['fetch']>>[1]): Promise<ResponseLike> {
    return this.#environment.fetch ? this.#environment.fetch(url, init) : fetch(url, {...init, credentials: 'omit'});
  }
}

interface Line {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, string>>;
}

function lineOf(request: Request): Line {
  const id = encodeURIComponent;
  switch (request.ask) {
    case 'agents':
      return {method: 'GET', path: '/agents'};
    case 'health':
      return {method: 'GET', path: '/health'};
    case 'jobs':
      return {method: 'GET', path: '/jobs'};
    case 'launchers':
      return {method: 'GET', path: '/launchers'};
    case 'events':
      return {method: 'GET', path: `/sessions/${id(request.session)}/events`};
    case 'row':
      return {method: 'GET', path: `/sessions/${id(request.session)}`};
    case 'job':
      return {method: 'GET', path: `/jobs/${id(request.job)}`};
    case 'post':
      return {method: 'POST', path: '/jobs', body: request.body};
    case 'stop-session':
      return {method: 'POST', path: `/sessions/${id(request.session)}/stop`};
    case 'stop-job':
      return {method: 'POST', path: `/jobs/${id(request.job)}/stop`};
    case 'delete':
      return {method: 'DELETE', path: `/sessions/${id(request.session)}`};
  }
}

/** An error need not be JSON. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
