import {join} from 'node:path';
import {peer} from '../kit/peers.ts';

export interface Listed {
  readonly name: string;
  /** What the table calls it. */
  readonly title: string;
  readonly script: string;
  /** Shows the text as it is written. */
  readonly plain: boolean;
  /** Made by this project; else the package that has to be installed. */
  readonly from?: string;
}

const own = (file: string): string => join(import.meta.dirname, 'own', file);

/** What is measured, ours and the floors first. */
export const candidates: readonly Listed[] = [
  {name: 'chat', title: '**`<agent-chat>`**', script: own('chat.ts'), plain: false},
  {name: 'renderer', title: 'its Markdown alone', script: own('renderer.ts'), plain: false},
  {name: 'one-text', title: 'floor: one text node, no Markdown', script: own('one-text.ts'), plain: true},
  {name: 'text-a-line', title: 'floor: a text node a line, no Markdown', script: own('text-a-line.ts'), plain: true},
  {
    name: 'streamdown',
    title: 'React + streamdown',
    script: peer('answer/streamdown.js'),
    plain: false,
    from: 'streamdown',
  },
  {
    name: 'assistant-ui',
    title: 'assistant-ui with its Markdown',
    script: peer('answer/assistant-ui.js'),
    plain: false,
    from: '@assistant-ui/react',
  },
  {
    name: 'lit-marked',
    title: 'a Lit element with marked',
    script: peer('answer/lit-marked.js'),
    plain: false,
    from: 'marked',
  },
  {name: 'deep-chat', title: 'deep-chat', script: peer('answer/deep-chat.js'), plain: false, from: 'deep-chat'},
];
