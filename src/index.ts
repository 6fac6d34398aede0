export {QueryError} from './backend/backend.ts';
export type {
  Backend,
  BackendFactory,
  BackendOptions,
  Environment,
  Page,
  Query,
  SocketLike,
  Token,
} from './backend/backend.ts';
export {pageEnvironment} from './backend/environment.ts';
export {registerBackend} from './backend/registry.ts';
export type {Strings} from './context/strings.ts';
export {AgentChat} from './elements/agent-chat/agent-chat.ts';
export type {Completion, CompletionSource} from './elements/agent-chat/completion-source.ts';
export type {BodyRenderer, Rendering, ToolRenderer} from './elements/agent-chat/thread-view.ts';
export {ConnectionStatus} from './elements/connection-status/connection-status.ts';
export {SessionContext} from './elements/session-context/session-context.ts';
export type {Persist} from './elements/session-context/session-context.ts';
export {SessionEvents} from './elements/session-events/session-events.ts';
export {SessionList} from './elements/session-list/session-list.ts';
export {SessionNotices} from './elements/session-notices/session-notices.ts';
export {
  ConnectionChangeEvent,
  MessageSendEvent,
  SelectionChangeEvent,
  SessionDeleteEvent,
  SessionErrorEvent,
  SessionNewEvent,
  SessionSelectEvent,
  SessionStartEvent,
  SessionStopEvent,
} from './events.ts';
export type {Command} from './model/commands.ts';
export type {
  ApprovalOption,
  Author,
  ContentBlock,
  EventOf,
  KnownEvent,
  QuestionField,
  QuestionValue,
  SessionOption,
  StoredEvent,
  ThreadEvent,
} from './model/events.ts';
export type {Agent, Connection, Input, Refusal, User} from './model/inputs.ts';
export type {Delivery, Item, ItemOf, ToolState, Turn} from './model/items.ts';
export type {SessionView} from './model/project.ts';
export {isActive} from './model/session.ts';
export type {Session, SessionStatus} from './model/session.ts';
export type {ThreadCell, ThreadState} from './store/cells.ts';
export {ListView} from './store/list-view.ts';
export type {ListGroup, ListSection, ListSort, SectionTimes} from './store/list-order.ts';
export type {ListFilter, ListOptions, ListRow} from './store/list-view.ts';
export {SessionStore} from './store/session-store.ts';
export type {Problem} from './store/problems.ts';
export type {ConnectionState, SessionStoreOptions, StartOptions} from './store/session-store.ts';
export type {SessionListener, Sessions} from './store/sessions.ts';
