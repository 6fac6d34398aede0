export {
  backendContract,
  type ContractRunner,
  type ContractServer,
  type ContractSetup,
} from './backend/contract-tests.ts';
export {Judge} from './conformance/judge/judge.ts';
export type {ConnectionJudge} from './conformance/judge/connection.ts';
export {createNodeWorld} from './conformance/node-world.ts';
export {rules, ruleIds, type RuleId} from './conformance/rules.ts';
export type {Rule} from './conformance/rules/rule.ts';
export {checkConformance, UnreachableError, type ConformanceOptions, type Report} from './conformance/run.ts';
export {readScript, ScriptError, type Action, type Script} from './conformance/script.ts';
export {textReport} from './conformance/text-report.ts';
export {Verdicts, type Finding, type Outcome, type Traced, type Verdict} from './conformance/verdicts.ts';
export type {Wire, WireEvents, World} from './conformance/world.ts';
