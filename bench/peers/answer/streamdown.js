import {createElement, useState} from 'react';
import {Streamdown} from 'streamdown';
import {room} from '../../streaming/room.ts';
import {mountReact} from '../mount-react.js';

let add;

function Answer() {
  const [text, setText] = useState('');
  add = (chunk) => setText((before) => before + chunk);
  return createElement(Streamdown, null, text);
}

window.candidate = {
  async mount() {
    await mountReact(room(), Answer);
  },
  write: (chunk) => add(chunk),
  end() {},
};
