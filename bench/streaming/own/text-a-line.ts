import {room} from '../room.ts';
import {oncePerFrame} from './once-per-frame.ts';

/** A text node for each line: a browser has only the last one to lay out again. */
let box: HTMLElement;
let last: Text;

function begin(text: string): void {
  const line = document.createElement('div');
  line.append((last = document.createTextNode(text)));
  box.append(line);
}

window.candidate = {
  async mount() {
    box = room();
    box.style.whiteSpace = 'pre-wrap';
    begin('');
  },
  write: oncePerFrame((text) => {
    const [first = '', ...rest] = text.split('\n');
    last.appendData(first);
    rest.forEach(begin);
  }),
  end() {},
};
