import {html, nothing, type TemplateResult} from 'lit';
import type {Token} from '../grammar/grammar.ts';
import type {Drawing} from '../drawing.ts';
import {withAddresses} from './addresses.ts';
import {growingText} from './growing-text.ts';
import {image} from './image.ts';

/** The tokens of a text as templates; `redraw` is called where they change. */
export function spans(tokens: readonly Token[], drawing: Drawing, redraw: () => void): unknown[] {
  return read({tokens, redraw, at: 0}, drawing, false);
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly redraw: () => void;
  at: number;
}

/** Up to the end of what is open. */
function read(reader: Reader, drawing: Drawing, isLink: boolean): unknown[] {
  const shown: unknown[] = [];
  let text = '';
  const flush = (): void => {
    if (!text) return;
    const pieces = isLink ? [text] : withAddresses(text, (href, words) => link(href, '', [words], drawing));
    for (const piece of pieces) shown.push(typeof piece === 'string' ? growingText(piece) : piece);
    text = '';
  };
  for (; reader.at < reader.tokens.length; reader.at++) {
    const token = reader.tokens[reader.at];
    if (!token || token.nesting < 0) break;
    if (token.type === 'text' || token.type === 'text_special') text += token.content;
    else if (token.type === 'softbreak') text += '\n';
    else {
      flush();
      shown.push(span(token, reader, drawing, isLink));
    }
  }
  flush();
  return shown;
}

const attribute = ({attrs}: Token, name: string): string => attrs?.find(([key]) => key === name)?.[1] ?? '';

function span(token: Token, reader: Reader, drawing: Drawing, isLink: boolean): unknown {
  const inner = (inLink = isLink): unknown[] => {
    reader.at++;
    return read(reader, drawing, inLink);
  };
  switch (token.type) {
    case 'em_open':
      return html`<em>${inner()}</em>`;
    case 'strong_open':
      return html`<strong>${inner()}</strong>`;
    case 's_open':
      return html`<s>${inner()}</s>`;
    case 'code_inline':
      return html`<code>${token.content}</code>`;
    case 'hardbreak':
      return html`<br />`;
    case 'link_open':
      return link(attribute(token, 'href'), attribute(token, 'title'), inner(true), drawing);
    case 'image':
      return image(
        {
          address: attribute(token, 'src'),
          alt: (token.children ?? []).map(words).join(''),
          title: attribute(token, 'title'),
        },
        drawing,
        reader.redraw,
      );
    default:
      return token.content;
  }
}

const words = (token: Token): string =>
  token.type === 'softbreak' ? ' ' : token.content || (token.children ?? []).map(words).join('');

/** Where an address is no safe one, it stands behind the words, so that nothing is lost. */
function link(address: string, title: string, content: readonly unknown[], {href}: Drawing): TemplateResult {
  const safe = href(address);
  if (safe === undefined) {
    const isSame = content.length === 1 && content[0] === address;
    return html`${content}${isSame || !address ? nothing : ` (${address})`}`;
  }
  return html`<a href=${safe} .title=${title} target="_blank" rel="noopener noreferrer">${content}</a>`;
}
