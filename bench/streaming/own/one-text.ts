import {room} from '../room.ts';
import {oncePerFrame} from './once-per-frame.ts';

/** The least that shows a text that grows: one text node, to which is added. */
const node = document.createTextNode('');

window.candidate = {
  async mount() {
    const box = room();
    box.style.whiteSpace = 'pre-wrap';
    box.append(node);
  },
  write: oncePerFrame((text) => node.appendData(text)),
  end() {},
};
