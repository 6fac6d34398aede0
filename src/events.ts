import type {Connection} from './model/inputs.ts';

const init: EventInit = {bubbles: true, composed: true};
const intent: EventInit = {...init, cancelable: true};

/** The provider's connection has changed. */
export class ConnectionChangeEvent extends Event {
  readonly connection: Connection;
  constructor(connection: Connection) {
    super('connection-change', init);
    this.connection = connection;
  }
}

/** A problem that a person should see. */
export class SessionErrorEvent extends Event {
  /** For programs: `too-large`, `storage`, `unauthorized`, … or the server's own. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  readonly sessionId: string | undefined;
  constructor(code: string, message: string, sessionId?: string) {
    super('session-error', init);
    this.code = code;
    this.message = message;
    this.sessionId = sessionId;
  }
}

/** The provider's selection has changed, whatever changed it. */
export class SelectionChangeEvent extends Event {
  readonly sessionId: string | undefined;
  readonly previous: string | undefined;
  constructor(sessionId: string | undefined, previous: string | undefined) {
    super('selection-change', init);
    this.sessionId = sessionId;
    this.previous = previous;
  }
}

/** A person wants to open a session; prevented, the selection stays. */
export class SessionSelectEvent extends Event {
  readonly sessionId: string;
  constructor(sessionId: string) {
    super('session-select', intent);
    this.sessionId = sessionId;
  }
}

/** A person wants a new conversation; prevented, the selection stays. */
export class SessionNewEvent extends Event {
  constructor() {
    super('session-new', intent);
  }
}

/** A person wants a session stopped; prevented, nothing is sent. */
export class SessionStopEvent extends Event {
  readonly sessionId: string;
  constructor(sessionId: string) {
    super('session-stop', intent);
    this.sessionId = sessionId;
  }
}

/** A person wants a session deleted; prevented, no question is asked. */
export class SessionDeleteEvent extends Event {
  readonly sessionId: string;
  constructor(sessionId: string) {
    super('session-delete', intent);
    this.sessionId = sessionId;
  }
}

/** A new session has been asked for; the id is the client's, and already valid. */
export class SessionStartEvent extends Event {
  readonly sessionId: string;
  constructor(sessionId: string) {
    super('session-start', init);
    this.sessionId = sessionId;
  }
}

/** A person sends a message; prevented, the text stays in the box. `sessionId` is undefined for a new conversation. */
export class MessageSendEvent extends Event {
  readonly text: string;
  readonly sessionId: string | undefined;
  constructor(text: string, sessionId: string | undefined) {
    super('message-send', intent);
    this.text = text;
    this.sessionId = sessionId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'connection-change': ConnectionChangeEvent;
    'session-error': SessionErrorEvent;
    'selection-change': SelectionChangeEvent;
    'session-select': SessionSelectEvent;
    'session-new': SessionNewEvent;
    'session-stop': SessionStopEvent;
    'session-delete': SessionDeleteEvent;
    'session-start': SessionStartEvent;
    'message-send': MessageSendEvent;
  }
}
