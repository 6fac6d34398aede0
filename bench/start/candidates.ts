import {peer} from '../kit/peers.ts';

export interface Listed {
  readonly name: string;
  /** What the table calls it. */
  readonly title: string;
  readonly script: string;
  /** The package that has to be installed. */
  readonly from: string;
}

/** The pages that are measured beside ours: a chat with a box to write in, and what its package needs for it. */
export const peers: readonly Listed[] = [
  {name: 'streamdown', title: 'React + streamdown', script: peer('start/streamdown.js'), from: 'streamdown'},
  {
    name: 'assistant-ui',
    title: 'assistant-ui with its Markdown',
    script: peer('start/assistant-ui.js'),
    from: '@assistant-ui/react',
  },
  {name: 'deep-chat', title: 'deep-chat', script: peer('start/deep-chat.js'), from: 'deep-chat'},
];
