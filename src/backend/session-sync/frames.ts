/**
 * Every frame of the Session Sync Protocol, version 1, described once: the types, the parsers of the page and of the
 * server, and the published JSON Schema come from here. Unknown fields are dropped. Each direction is a module of its own,
 * so that a page does not load the parser of a server.
 */
export * from './client-frames.ts';
export * from './server-frames.ts';
export {channelOf, LIST, MAX_CLIENT_FRAME, MAX_SERVER_FRAME, sessionOf, SUBPROTOCOL} from './wire.ts';
