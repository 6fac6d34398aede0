import '../../../src/define.ts';
import {LitElement, html} from 'lit';
import {english} from '../../../src/context/strings.ts';
import {safeHref} from '../../../src/elements/shared/safe-href.ts';
import {tokens} from '../../../src/elements/shared/styles.ts';
import type {Drawing} from '../../../src/markdown/drawing.ts';
import {loadParts} from '../../../src/markdown/view/later-parts.ts';
import {markdown} from '../../../src/markdown/markdown.ts';
import {room} from '../room.ts';
import {oncePerFrame} from './once-per-frame.ts';

/** What draws Markdown here, without the chat around it. */
const drawing: Drawing = {strings: english(), href: safeHref, copyButton: () => '', imageHosts: []};

class BenchText extends LitElement {
  static override styles = [tokens];
  text = '';
  isComplete = false;

  protected override render() {
    return html`<div>${markdown(this.text, this.isComplete, drawing)}</div>`;
  }
}
customElements.define('bench-text', BenchText);
const element = new BenchText();

const write = oncePerFrame((text) => {
  element.text += text;
  element.requestUpdate();
});

window.candidate = {
  async mount() {
    await loadParts();
    room().append(element);
  },
  write,
  end() {
    requestAnimationFrame(() => {
      element.isComplete = true;
      element.requestUpdate();
    });
  },
};
