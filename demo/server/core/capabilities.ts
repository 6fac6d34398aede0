import {OPS} from './obey.ts';

/** Ops beyond `start`, `send` and `stop`, and what else applies. */
export const CAPABILITIES: readonly string[] = [...OPS, 'queue', 'approvals', 'search', 'find', 'thoughts', 'children'];
