import type {Strings} from '../../context/strings.ts';
import type {Drawing} from '../../markdown/drawing.ts';
import {copyButton} from '../shared/clipboard/copy-button.ts';
import {addBodyRenderer} from './message-body.ts';
import {safeHref} from '../shared/safe-href.ts';
import type {ThreadView} from './thread-view.ts';

/** Has agents' texts drawn as Markdown, as soon as it is loaded. */
export async function loadMarkdown(): Promise<void> {
  const {markdown} = await import('../../markdown/markdown.ts');
  addBodyRenderer((item, view) => {
    if (item.streaming) view.local?.flow();
    return item.role === 'agent' ? markdown(item.text, !item.streaming, drawingFor(view)) : undefined;
  });
}

const NO_HOSTS: readonly string[] = [];
const drawings = new WeakMap<Strings, WeakMap<readonly string[], Drawing>>();

/** The same one as long as it says the same: with another one, all is drawn anew. */
function drawingFor({strings, rendering}: ThreadView): Drawing {
  const imageHosts = rendering?.imageHosts ?? NO_HOSTS;
  const ofStrings = drawings.get(strings) ?? new WeakMap<readonly string[], Drawing>();
  drawings.set(strings, ofStrings);
  const held = ofStrings.get(imageHosts);
  if (held) return held;
  const drawing: Drawing = {
    strings,
    href: safeHref,
    copyButton: (text) => copyButton({text, strings}),
    imageHosts,
  };
  ofStrings.set(imageHosts, drawing);
  return drawing;
}
