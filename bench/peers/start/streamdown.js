import {createElement, useState} from 'react';
import {Streamdown} from 'streamdown';
import {mountReact} from '../mount-react.js';

function Chat() {
  const [text, setText] = useState('');
  return createElement(
    'form',
    null,
    createElement(Streamdown, null, '**Hello**'),
    createElement('textarea', {value: text, onChange: ({target}) => setText(target.value)}),
    createElement('button', null, 'Send'),
  );
}

const place = document.createElement('div');
document.body.append(place);
void mountReact(place, Chat);
