import {ruleIds, type RuleId} from './rules.ts';

/** One frame as it passed. */
export interface Traced {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly way: 'sent' | 'received';
  readonly text: string;
}

/** A rule that was seen not to hold. */
export interface Finding {
  /** What was seen instead, in one sentence. */
  readonly seen: string;
  /** The last frames of that connection about the same thing, the oldest first. */
  readonly frames: readonly Traced[];
  /** The scenario that was played, if it was one that looked. */
  readonly scenario?: string;
}

export type Outcome = 'passed' | 'broken' | 'not-checked';

export interface Verdict {
  readonly rule: RuleId;
  readonly outcome: Outcome;
  /** How often it was looked at. */
  readonly checks: number;
  readonly findings: readonly Finding[];
  /** Why it was not checked. */
  readonly why?: string;
}

/** Of one rule no more is kept: the first say what is wrong. */
const MOST_FINDINGS = 5;

/** Collects what is said about each rule: it holds once no check of it has failed, and at least one was made. */
export class Verdicts {
  readonly #checks = new Map<RuleId, number>();
  readonly #findings = new Map<RuleId, Finding[]>();
  readonly #reasons = new Map<RuleId, string>();

  /** Returns `holds`; `seen` and `where` are only asked for if it does not. */
  check(rule: RuleId, holds: boolean, seen: () => string, where: () => Omit<Finding, 'seen'>): boolean {
    this.#checks.set(rule, (this.#checks.get(rule) ?? 0) + 1);
    if (holds) return true;
    const findings = this.#findings.get(rule) ?? [];
    this.#findings.set(rule, findings);
    if (findings.length < MOST_FINDINGS) findings.push({seen: seen(), ...where()});
    return false;
  }

  /** Says why a rule could not be looked at; the first reason counts, and only if nothing else looked. */
  skip(rule: RuleId, why: string): void {
    if (!this.#reasons.has(rule)) this.#reasons.set(rule, why);
  }

  /** Everything that was found so far, in the order of the rules. */
  get findings(): readonly (Finding & {readonly rule: RuleId})[] {
    return ruleIds.flatMap((rule) => (this.#findings.get(rule) ?? []).map((finding) => ({rule, ...finding})));
  }

  of(rule: RuleId): Verdict {
    const checks = this.#checks.get(rule) ?? 0;
    const findings = this.#findings.get(rule) ?? [];
    if (findings.length > 0) return {rule, outcome: 'broken', checks, findings};
    if (checks > 0) return {rule, outcome: 'passed', checks, findings};
    const why = this.#reasons.get(rule) ?? 'nothing in this run came to it';
    return {rule, outcome: 'not-checked', checks, findings, why};
  }

  all(): readonly Verdict[] {
    return ruleIds.map((rule) => this.of(rule));
  }
}
