import type {Exit} from './child.ts';
import type {AcpConfig} from './config.ts';
import type {Failure} from './failure.ts';

const WORDS_UNITS = 300;

/** Why a process is not there (any more), so that whoever reads it can do something about it. */
export function exitFailure(config: AcpConfig, {code, signal, error}: Exit, lastWords: string): Failure {
  const {title, command, install = ''} = config;
  const message = ((): string => {
    if (error?.code === 'ENOENT')
      return `${title} is not installed on the machine of the server: there is no “${command}”. ${install}`;
    if (error?.code === 'EACCES') return `${title} cannot be started: “${command}” may not be run.`;
    if (error) return `${title} cannot be started (${error.code ?? error.message}).`;
    const how = signal ? `was ended by ${signal}` : `exited with code ${code}`;
    const words = readable(lastWords);
    return `${title} ${how}.${words === '' ? '' : ` It said last: ${words}`}`;
  })();
  return {code: 'agent-exited', message: message.trim()};
}

/** The last lines of a terminal's text, without its colours and other control characters. */
function readable(text: string): string {
  const plain = text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
  const lines = plain
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.slice(-3).join(' ').slice(-WORDS_UNITS);
}
