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

/** A report as it is read in a terminal; `verbose` also lists what holds. */
export function textReport({url, verdicts, passed, broken, advice, notChecked}: Report, verbose = false): string {
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const {rule, outcome, findings, why, checks} = verdict;
    if (outcome === 'passed' && verbose) lines.push(`✔ ${rule} (${checks} ${checks === 1 ? 'check' : 'checks'})`);
    if (outcome === 'not-checked') lines.push(`– ${rule}: not checked, ${why}`);
    if (outcome !== 'broken') continue;
    const word = rules[rule].level === 'should' ? 'should hold, and does not' : 'broken';
    // The first ones say it; all are in the JSON.
    lines.push('', `✖ ${rule}: ${word}`, sentence(verdict), ...findings.slice(0, 2).flatMap(found), '');
  }
  const advised = advice > 0 ? `, ${advice} that should hold and do not` : '';
  lines.push('', `${url}: ${passed} passed, ${broken} broken${advised}, ${notChecked} not checked`);
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimStart()}\n`;
}
