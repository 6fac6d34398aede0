import {laterEnglish} from '../context/later-strings.ts';
import {addEnglish} from '../context/strings.ts';
import {addItemRenderers} from '../elements/agent-chat/item-renderers.ts';
import {agentChatLaterElements} from '../elements/agent-chat/later-elements.ts';
import {loadMarkdown} from '../elements/agent-chat/markdown-body.ts';
import {otherItems} from '../elements/agent-chat/other-items.ts';
import type {Elements} from './define-elements.ts';

/** Everything in a conversation but its messages. */
export const elements: Elements = agentChatLaterElements;

addItemRenderers(otherItems);
addEnglish(laterEnglish);
loadMarkdown().catch((cause: unknown) => {
  console.error('agent-session-elements: Markdown could not be loaded; texts stay plain.', cause);
});
