import {signal} from '@lit-labs/signals';
import type {InspectorStrings} from './inspector-strings.ts';
import type {LaterStrings} from './later-strings.ts';

/** The texts of the first content, in English. `{name}` marks a value. */
const first = {
  // Words for a status
  pending: 'Starting',
  running: 'Running',
  waiting: 'Needs input',
  stopping: 'Stopping',
  finished: 'Finished',
  stopped: 'Stopped',
  failed: 'Failed',
  unknown: 'Unknown',

  // <session-list>
  untitled: 'Untitled',

  // <agent-chat>
  conversation: 'Conversation',
  you: 'You',
  agent: 'Agent',
  resultOf: 'Result of {title}',
  message: 'Message',
  messageHint: 'Message the agent…',
  send: 'Send',
  stop: 'Stop',
  sending: 'Sending…',
  notConfirmed: 'Not confirmed: it is sent again when the connection is back.',
  emptyConversation: 'Start a conversation',
  emptyConversationHint: 'Write a message. The agent works, and you watch, steer and stop it here.',
  loadingConversation: 'Loading the conversation…',
  statusIdle: '',
  statusRequested: 'Message sent. Waiting for the agent.',
  statusRunning: 'The agent is working.',
  statusWaiting: 'The agent needs your answer.',
  statusStopping: 'Stopping the agent.',
  statusFinished: 'The agent has finished.',
  statusStopped: 'The agent was stopped.',
  statusFailed: 'The agent failed.',
  notConnected: 'No session provider is connected.',
};

/** Every text of the elements. */
export type Strings = Readonly<typeof first & LaterStrings & InspectorStrings>;

const known = signal<object>(first);

/** The texts come in parts, because a page shows its first message before it needs the second, and few pages the third. */
export const addEnglish = (later: LaterStrings | InspectorStrings): void => known.set({...known.get(), ...later});

/** The English texts that are loaded: whoever needs one of the second part is loaded with it. */
export const english = (): Strings => known.get() as Strings;

/** `text` with each `{name}` replaced by its value. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
