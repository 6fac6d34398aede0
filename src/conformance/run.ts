import {NotNow, Unmet} from './client.ts';
import {Judge} from './judge/judge.ts';
import {ruleIds, rules, type RuleId} from './rules.ts';
import {background, scenarios} from './scenarios/all.ts';
import type {Script} from './script.ts';
import {Stage, type Scenario, type StageOptions} from './stage.ts';
import {Verdicts, type Verdict} from './verdicts.ts';
import type {World} from './world.ts';

export interface ConformanceOptions {
  /** `ws:` or `wss:`. */
  readonly url: string;
  readonly world: World;
  readonly token?: string;
  /** Of another user: what the one has must not be seen by the other. */
  readonly secondToken?: string;
  readonly script?: Script;
  /** Only what these rules or scenarios need, by id or name; all by default. */
  readonly only?: readonly string[];
  /** How long any one answer may take, in milliseconds: 5,000 by default. */
  readonly timeout?: number;
  /** Told when a scenario begins. */
  readonly progress?: (scenario: string) => void;
}

export interface Report {
  readonly url: string;
  /** Every rule, in the order of docs/protocol.md; with `only`, those that were asked for. */
  readonly verdicts: readonly Verdict[];
  readonly passed: number;
  /** Of rules that must hold. */
  readonly broken: number;
  /** Of rules that should: the text leaves a choice. */
  readonly advice: number;
  readonly notChecked: number;
}

/** The server cannot be checked at all; the message is one sentence that says why. */
export class UnreachableError extends Error {}

/** Plays the protocol's rules against a server and says which sentences it breaks. Rejects with an `UnreachableError`. */
export async function checkConformance(options: ConformanceOptions): Promise<Report> {
  const {url, world, script, token, secondToken, only, timeout = 5_000} = options;
  const verdicts = new Verdicts();
  const began = world.now();
  const judge = new Judge(verdicts, () => world.now() - began);
  const common = {url, world, verdicts, judge, timeout, script, token, secondToken};
  const capabilities = await knock({...common, capabilities: []});
  const stageOptions = {...common, capabilities};
  const wanted = (scenario: Scenario): boolean =>
    !only || only.includes(scenario.name) || scenario.rules.some((rule) => only.includes(rule));

  const waiting = background.filter(wanted).map((scenario) => play(scenario, stageOptions));
  for (const scenario of scenarios.filter(wanted)) {
    options.progress?.(scenario.name);
    await play(scenario, stageOptions);
  }
  await Promise.all(waiting);
  return reportOf(url, verdicts, only);
}

/** Whether anybody is there who lets us in; resolves with what the server can do. */
async function knock(options: StageOptions): Promise<readonly string[]> {
  const stage = new Stage(options);
  const client = stage.socket();
  const look = async (): Promise<readonly string[]> => {
    if (!(await client.opened())) {
      const {code, reason} = client.closed ?? {};
      throw new UnreachableError(
        `${options.url} cannot be reached as session-sync.v1: ${reason || `closed with ${code}`}.`,
      );
    }
    return (await client.hello()).capabilities;
  };
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Unmet)) throw error;
    const {code, reason} = client.closed ?? {};
    const hint = code === 4401 ? ' Give a token that it knows.' : '';
    const how = code === undefined ? 'does not answer a hello with a welcome' : `closes with ${code} “${reason}”`;
    throw new UnreachableError(`${options.url} ${how}.${hint}`);
  } finally {
    client.close();
  }
}

async function play(scenario: Scenario, options: StageOptions): Promise<void> {
  const {verdicts} = options;
  const {rules: looked, needs = [], has = []} = scenario;
  const skip = (why: string): void => looked.forEach((rule) => verdicts.skip(rule, why));
  const lacking = has.find((capability) => !options.capabilities.includes(capability));
  if (lacking !== undefined) return skip(`the server has no capability “${lacking}”`);
  const missing = needs.find((action) => !options.script?.actions[action]);
  if (missing !== undefined) return skip(`it needs a script with the action “${missing}”`);
  const stage = new Stage(options, scenario.name);
  try {
    await scenario.run(stage);
  } catch (error) {
    if (!(error instanceof Unmet) && !(error instanceof NotNow)) throw error;
    skip(`“${scenario.name}” could not be played to its end: ${error.message}`);
  }
  try {
    await stage.clear();
  } catch (error) {
    // What a server leaves unanswered is told already.
    if (!(error instanceof Unmet) && !(error instanceof NotNow)) throw error;
  }
}

function reportOf(url: string, verdicts: Verdicts, only: readonly string[] | undefined): Report {
  const isAsked = (rule: RuleId): boolean =>
    !only ||
    only.includes(rule) ||
    [...scenarios, ...background].some((each) => only.includes(each.name) && each.rules.includes(rule));
  const all = verdicts.all().filter(({rule, outcome}) => isAsked(rule) || outcome === 'broken');
  const count = (wanted: (verdict: Verdict) => boolean): number => all.filter(wanted).length;
  const isAdvice = ({rule}: Verdict): boolean => rules[rule].level === 'should';
  return {
    url,
    verdicts: all,
    passed: count(({outcome}) => outcome === 'passed'),
    broken: count((verdict) => verdict.outcome === 'broken' && !isAdvice(verdict)),
    advice: count((verdict) => verdict.outcome === 'broken' && isAdvice(verdict)),
    notChecked: count(({outcome}) => outcome === 'not-checked'),
  };
}

/** What `only` may name: rules and scenarios. */
export const names: readonly string[] = [...ruleIds, ...[...scenarios, ...background].map(({name}) => name)];
