import type {Report} from './run.ts';
import {rules} from './rules.ts';
import type {Finding, Verdict} from './verdicts.ts';

const MOST_TEXT = 300;

const cut = (text: string, most = MOST_TEXT): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
};

const sentence = ({rule}: Verdict): string => `  section ${rules[rule].section}: “${rules[rule].sentence}”`;

const found = ({seen, scenario, frames}: Finding): string[] => [
  `  seen${scenario === undefined ? '' : ` in “${scenario}”`}: ${cut(seen)}`,
  ...frames.map(
    ({at, way, text}) => `    ${(at / 1000).toFixed(3).padStart(8)} s ${way === 'sent' ? '→' : '←'} ${cut(text)}`,
  ),
];

const line = ({rule, outcome, why, checks}: Verdict): string =>
  outcome === 'passed'
    ? `✔ ${rule} (${checks} ${checks === 1 ? 'check' : 'checks'})`
    : `– ${rule}: not checked, ${why}`;

/** The first findings say it; all are in the JSON. */
const wrong = (verdict: Verdict): string[] => {
  const word = rules[verdict.rule].level === 'should' ? 'should hold, and does not' : 'broken';
  return ['', `✖ ${verdict.rule}: ${word}`, sentence(verdict), ...verdict.findings.slice(0, 2).flatMap(found)];
};

/** A report as it is read in a terminal, what is wrong last; `verbose` also lists what holds. */
export function textReport({url, verdicts, passed, broken, advice, notChecked}: Report, verbose = false): string {
  const isListed = ({outcome}: Verdict): boolean => outcome === 'not-checked' || (verbose && outcome === 'passed');
  const advised = advice > 0 ? `, ${advice} that should hold and do not` : '';
  const lines = [
    ...verdicts.filter(isListed).map(line),
    ...verdicts.filter(({outcome}) => outcome === 'broken').flatMap(wrong),
    '',
    `${url}: ${passed} passed, ${broken} broken${advised}, ${notChecked} not checked`,
  ];
  return `${lines.join('\n').trimStart()}\n`;
}
