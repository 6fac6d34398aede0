import type {Author, ContentBlock, EventOf} from './events.ts';

/**
 * What a thread shows, one entry a thing. An item keeps its `key` from the moment a person sends it or an agent begins it
 * until it is stored and loaded again, so that a view can keep its element.
 */
export type Item =
  | MessageItem
  | ThoughtItem
  | ToolItem
  | ApprovalItem
  | QuestionItem
  | NoticeItem
  | PlanItem
  | TurnEndItem
  | UnreadableItem
  | GapItem;

export type ItemOf<K extends Item['kind']> = Extract<Item, {kind: K}>;

interface Base {
  readonly key: string;
  /** Of the event that put it into the log; 0 while it is in none (streamed, or not confirmed). */
  readonly seq: number;
  /** Of the last event that changed it. */
  readonly version: number;
  /** ISO 8601; of the first event. */
  readonly time?: string;
  readonly turn?: string;
}

/**
 * How far a message of this page has come:
 * - `sending`: on its way; - `unconfirmed`: the connection was lost, it will be sent again;
 * - `queued`: the server has it, it waits for the open turn; - `failed`: refused, the person decides.
 */
export type Delivery = 'sending' | 'unconfirmed' | 'queued' | 'failed';

export interface MessageItem extends Base {
  readonly kind: 'message';
  /** Absent as long as it is no message of the log. */
  readonly id?: string;
  readonly role: 'user' | 'agent';
  readonly text: string;
  /** What the agent was given instead: with a system prompt before it, or as a text that several results were read from. */
  readonly sent?: string;
  readonly author?: Author;
  /** The command that sent it. */
  readonly command?: string;
  readonly delivery?: Delivery;
  /** With `queued`: its place among so many that wait; 1 goes next. */
  readonly place?: number;
  readonly places?: number;
  /** A sentence, with `failed`. */
  readonly problem?: string;
  readonly streaming?: boolean;
  /** The turn was stopped or failed before the text was complete. */
  readonly cut?: boolean;
  readonly truncated?: number;
}

export interface ThoughtItem extends Base {
  readonly kind: 'thought';
  readonly id: string;
  readonly text: string;
  readonly streaming?: boolean;
  readonly cut?: boolean;
  readonly truncated?: number;
}

export type ToolState = 'running' | EventOf<'tool-ended'>['outcome'];

export interface ToolItem extends Base {
  readonly kind: 'tool';
  readonly id: string;
  readonly name: string;
  readonly title?: string;
  readonly category?: EventOf<'tool-began'>['category'];
  /** Any JSON. */
  readonly input?: unknown;
  readonly content?: readonly ContentBlock[];
  readonly locations?: EventOf<'tool-began'>['locations'];
  readonly parent?: string;
  readonly child?: string;
  readonly state: ToolState;
  /** While it runs, what has been streamed; then what the log says. */
  readonly output?: string;
  readonly error?: string;
  readonly truncated?: number;
  readonly ended?: string;
}

export interface ApprovalItem extends Base {
  readonly kind: 'approval';
  readonly id: string;
  readonly tool?: string;
  readonly title: string;
  readonly detail?: string;
  readonly content?: readonly ContentBlock[];
  readonly options: EventOf<'approval-asked'>['options'];
  /** The server's word. `option` is null when the question was withdrawn. */
  readonly answer?: {readonly option: string | null; readonly by?: string; readonly reason?: string};
  /** Chosen here, not confirmed yet. */
  readonly answering?: string;
}

export interface QuestionItem extends Base {
  readonly kind: 'question';
  readonly id: string;
  readonly tool?: string;
  readonly text: string;
  readonly fields: EventOf<'question-asked'>['fields'];
  readonly answer?: {readonly values: EventOf<'question-answered'>['values']; readonly by?: string};
  readonly answering?: boolean;
}

export interface NoticeItem extends Base {
  readonly kind: 'notice';
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface PlanItem extends Base {
  readonly kind: 'plan';
  readonly entries: EventOf<'plan'>['entries'];
  /** A later one of its turn has taken its place. */
  readonly over?: boolean;
}

/** Only where there is something to say: a turn that was stopped, failed, or ended for a reason. */
export interface TurnEndItem extends Base {
  readonly kind: 'turn-end';
  readonly outcome: 'finished' | 'stopped' | 'failed';
  readonly reason?: EventOf<'turn-ended'>['reason'];
  readonly error?: {readonly code: string; readonly message: string};
}

export interface UnreadableItem extends Base {
  readonly kind: 'unreadable';
  readonly problem: string;
}

/** Events between what stands before and after are not loaded; at the head of a thread: older ones exist. */
export interface GapItem extends Base {
  readonly kind: 'gap';
}

/** A turn as the log tells it; one that was only asked for is in the outbox. */
export interface Turn {
  readonly id: string;
  readonly origin: EventOf<'turn-began'>['origin'];
  readonly children?: readonly string[];
  readonly began?: string;
  readonly ended?: {
    readonly time: string;
    readonly outcome: 'finished' | 'stopped' | 'failed';
    readonly usage?: EventOf<'turn-ended'>['usage'];
  };
}
