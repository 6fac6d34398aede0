import {Directive, directive} from 'lit/directive.js';

/** Text to which only what is new is added: what somebody has selected in it stays selected. */
class GrowingText extends Directive {
  readonly #node = document.createTextNode('');

  override render(text: string): Text {
    const {data} = this.#node;
    if (text.startsWith(data)) this.#node.appendData(text.slice(data.length));
    else this.#node.data = text;
    return this.#node;
  }
}

export const growingText = directive(GrowingText);
