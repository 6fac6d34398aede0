import type {Mistake} from './rig.ts';
import type {Step} from './steps.ts';

/** Something that is wrong on purpose, what happens then, and which rule has to find it. */
export interface Wrong extends Mistake {
  readonly steps: readonly Step[];
  readonly rule: string;
}

const say = (tab: 0 | 1 = 0): Step => ({do: 'say', tab, script: {ask: 'echo'}, wait: 0});
const stream: Step = {do: 'say', tab: 0, script: {ask: 'stream', words: 30, rate: 200}, wait: 0};

/** Runs before the page's own scripts: `change` gets each command, and a function that really sends. */
const sending = (change: string): string => `
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (text) {
    const really = (frame) => send.call(this, JSON.stringify(frame));
    const frame = JSON.parse(text);
    if (frame.type !== 'command') return really(frame);
    (${change})(frame, really);
  };`;

export const mistakes: Readonly<Record<string, Wrong>> = {
  'a word is another one on its way': {
    network: (text) => (text.includes('"kind":"message"') ? text.replace('w7 ', 'x7 ') : text),
    steps: [stream],
    rule: 'a conversation is as the database has it',
  },
  'a word gets lost when what was streamed is stored': {
    network: (text) => text.replaceAll(' w9 w10', ' w10'),
    steps: [stream],
    rule: 'a conversation is as the database has it',
  },
  'a session seems to be stopped': {
    network: (text) => text.replaceAll('"status":"finished"', '"status":"stopped"'),
    steps: [say()],
    rule: 'the list shows every session as it is',
  },
  'no answer comes, and no message says which command has sent it': {
    network: (text) =>
      text.startsWith('{"type":"ack"') ? undefined : text.replaceAll(/"command":"[^"]*",(?="event":)/g, ''),
    steps: [say()],
    rule: 'a tab comes to rest',
  },
  'what is not sent is forgotten when the page is loaded again': {
    page: `for (const key of Object.keys(sessionStorage)) if (key.includes('/command/')) sessionStorage.removeItem(key);`,
    steps: [say(), {do: 'refuse', for: 60_000, wait: 50}, say(), {do: 'reload', tab: 0, wait: 0}],
    rule: 'nothing is lost',
  },
  'a command has another name when it is sent again': {
    page: sending(`(frame, really) => { really(frame); really({...frame, id: crypto.randomUUID()}); }`),
    steps: [say(), say()],
    rule: 'nothing is sent twice',
  },
  'what is sent later overtakes': {
    page: sending(
      `(frame, really) => frame.op === 'send' ? setTimeout(() => really(frame), (globalThis.late ??= 900) && (late -= 450)) : really(frame)`,
    ),
    steps: [say(), say(), say()],
    rule: 'what one tab sends keeps its order',
  },
};
