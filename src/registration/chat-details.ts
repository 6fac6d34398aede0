import {laterEnglish} from '../context/later-strings.ts';
import {addEnglish} from '../context/strings.ts';
import {addItemRenderers} from '../elements/agent-chat/item-renderers.ts';
import {agentChatLaterElements} from '../elements/agent-chat/later-elements.ts';
import {loadMarkdown} from '../elements/agent-chat/markdown-body.ts';
import {otherItems} from '../elements/agent-chat/other-items.ts';
import type {Elements} from './define-elements.ts';

/** After so many milliseconds what could not be loaded is asked for again. */
const AGAIN = 5000;

/** Everything in a conversation but its messages. */
export const elements: Elements = agentChatLaterElements;

addItemRenderers(otherItems);
addEnglish(laterEnglish);
drawMarkdown();

/** A page may be offline just now, or its server starting anew. */
function drawMarkdown(): void {
  loadMarkdown().catch((cause: unknown) => {
    console.warn('agent-session-elements: Markdown could not be loaded yet; texts stay plain until it is.', cause);
    setTimeout(drawMarkdown, AGAIN);
  });
}
