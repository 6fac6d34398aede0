import {agentChatElements} from './elements/agent-chat/elements.ts';
import {connectionStatusElements} from './elements/connection-status/elements.ts';
import {SessionContext} from './elements/session-context/session-context.ts';
import {sessionEventsElements} from './elements/session-events/elements.ts';
import {sessionListElements} from './elements/session-list/elements.ts';
import {sessionNoticesElements} from './elements/session-notices/elements.ts';
import {sharedElements} from './elements/shared/elements.ts';

/** The provider first: elements that are on the page already find it when their turn comes. */
const elements: readonly (readonly [tag: string, element: CustomElementConstructor])[] = [
  ['session-context', SessionContext],
  ...sharedElements,
  ...sessionListElements,
  ...agentChatElements,
  ...sessionEventsElements,
  ...sessionNoticesElements,
  ...connectionStatusElements,
];

/**
 * All or nothing: elements of two copies of the package cannot share a provider, because signals are not seen across
 * copies. Half of each would be a page that freezes without a word.
 */
function define(): void {
  const taken = elements.find(([tag, element]) => (customElements.get(tag) ?? element) !== element);
  if (taken) {
    console.warn(
      `agent-session-elements: <${taken[0]}> is defined already, by another copy? This one defines nothing.`,
    );
    return;
  }
  for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);
}

if (typeof customElements !== 'undefined') define();
