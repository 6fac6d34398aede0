import {readFileSync} from 'node:fs';
import {createNodeWorld} from './node-world.ts';
import {readCommandLine, usage, UsageError, type CommandLine} from './options.ts';
import {rules} from './rules.ts';
import {checkConformance, UnreachableError, type Report} from './run.ts';
import {readScript, ScriptError, type Script} from './script.ts';
import {textReport} from './text-report.ts';

/** Where the command writes. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const scriptFrom = (file: string): Script => {
  try {
    return readScript(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof ScriptError) throw new UsageError(`${file}: ${error.message}`);
    throw new UsageError(`The script ${file} cannot be read.`);
  }
};

/** As it is written by `--json`: with the sentences. */
const jsonReport = (report: Report): string =>
  `${JSON.stringify({...report, verdicts: report.verdicts.map((verdict) => ({...verdict, level: 'must', ...rules[verdict.rule]}))}, null, 2)}\n`;

async function check(line: CommandLine, {out, err}: Streams): Promise<number> {
  const {url, token, secondToken, only, timeout, json, verbose} = line;
  const script = line.script === undefined ? undefined : scriptFrom(line.script);
  const report = await checkConformance({
    url,
    world: await createNodeWorld(),
    timeout,
    ...(token !== undefined && {token}),
    ...(secondToken !== undefined && {secondToken}),
    ...(script && {script}),
    ...(only && {only}),
    ...(!json && {progress: (scenario: string) => err(`· ${scenario}\n`)}),
  });
  out(json ? jsonReport(report) : textReport(report, verbose));
  return report.broken > 0 ? 1 : 0;
}

/** The command `agent-session-conformance`; resolves with its exit code. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  try {
    const line = readCommandLine(argv);
    if (line !== 'help') return await check(line, streams);
    streams.out(usage);
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    if (!isUsage && !(error instanceof UnreachableError)) throw error;
    streams.err(isUsage ? `${error.message}\n\n${usage}` : `${error.message}\n`);
    return 2;
  }
}
