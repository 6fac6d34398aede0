import type {MessageItem} from '../../model/items.ts';

/**
 * The text of a message as it is shown: plain, with its line breaks (the style keeps them). The one place to change for an
 * agent's text to become more than that; a person's own words stay as they were typed.
 */
export const messageBody = ({text}: MessageItem): unknown => text;
