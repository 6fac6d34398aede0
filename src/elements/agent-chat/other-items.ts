import {imageStyles} from '../../markdown/view/image.styles.ts';
import {agentPickerStyles} from './agent-picker.styles.ts';
import {outputStyles} from '../shared/output/output.styles.ts';
import {statusStyles} from '../shared/status.styles.ts';
import {approval} from './approval.ts';
import {ChatExtras} from './chat-extras.ts';
import type {ItemKinds} from './item-renderers.ts';
import {gap, notice, turnEnd, unreadable} from './lines.ts';
import {choicesStyles} from './choices.styles.ts';
import {composerAidsStyles} from './composer-aids.styles.ts';
import {belowMessage} from './message-below.ts';
import {messageBelowStyles} from './message-below.styles.ts';
import {offersStyles} from './offers/offers.styles.ts';
import {otherItemStyles} from './other-items.styles.ts';
import {plan} from './plan/plan-item.ts';
import {planStyles} from './plan/plan.styles.ts';
import {question} from './question/question.ts';
import {thought} from './thought.ts';
import {tool} from './tool.ts';
import {toolStyles} from './tool/tool.styles.ts';
import {unreadStyles} from './unread/unread.styles.ts';

/** Everything but messages. */
export const otherItems: ItemKinds = {
  renderers: {
    thought,
    tool,
    approval,
    question,
    plan,
    notice,
    'turn-end': turnEnd,
    unreadable,
    gap,
  },
  below: belowMessage,
  extras(chat, session, scroll, items) {
    for (const {styleSheet} of [
      messageBelowStyles,
      outputStyles,
      statusStyles,
      otherItemStyles,
      toolStyles,
      choicesStyles,
      composerAidsStyles,
      agentPickerStyles,
      offersStyles,
      planStyles,
      unreadStyles,
      imageStyles,
    ]) {
      if (styleSheet && chat.shadowRoot) chat.shadowRoot.adoptedStyleSheets.push(styleSheet);
    }
    return new ChatExtras(chat, session, scroll, items);
  },
};
