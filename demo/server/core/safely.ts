import type {Core} from './core.ts';
import {nameOf} from './errors.ts';

/** What an agent does when it is called is its own affair. */
export function safely(core: Core, session: string, call: () => void): void {
  try {
    call();
  } catch (error) {
    core.log('warn', 'agent-callback', {session, error: nameOf(error)});
  }
}
