import {LitElement, html} from 'lit';
import {unsafeHTML} from 'lit/directives/unsafe-html.js';
import {marked} from 'marked';
import {room} from '../../streaming/room.ts';

/** What one writes first: the whole text is made into HTML again each time. */
class PlainText extends LitElement {
  static properties = {text: {}};

  constructor() {
    super();
    this.text = '';
  }

  render() {
    return html`${unsafeHTML(marked.parse(this.text))}`;
  }
}
customElements.define('plain-text', PlainText);
const element = document.createElement('plain-text');

window.candidate = {
  async mount() {
    room().append(element);
  },
  write: (chunk) => void (element.text += chunk),
  end() {},
};
