import {channelRules} from './rules/channels.ts';
import {childRules} from './rules/children.ts';
import {commandRules} from './rules/commands.ts';
import {connectionRules} from './rules/connection.ts';
import {frameRules} from './rules/frames.ts';
import type {Rule} from './rules/rule.ts';
import {stateRules} from './rules/state.ts';

const all = {
  ...connectionRules,
  ...channelRules,
  ...frameRules,
  ...stateRules,
  ...commandRules,
  ...childRules,
} as const;

export type RuleId = keyof typeof all;

/** Every sentence of docs/protocol.md that this kit checks, in the order of the text. */
export const rules: Readonly<Record<RuleId, Rule>> = all;
export const ruleIds = Object.keys(all) as RuleId[];
