import {
  AssistantRuntimeProvider,
  MessagePrimitive,
  ThreadPrimitive,
  useExternalStoreRuntime,
} from '@assistant-ui/react';
import {MarkdownTextPrimitive} from '@assistant-ui/react-markdown';
import {createElement, useState} from 'react';
import remarkGfm from 'remark-gfm';
import {room} from '../../streaming/room.ts';
import {mountReact} from '../mount-react.js';

let set;

const PLUGINS = [remarkGfm];
// Without the animation that it has by default: that costs more.
const Text = () => createElement(MarkdownTextPrimitive, {remarkPlugins: PLUGINS, smooth: false});
const Message = () =>
  createElement(MessagePrimitive.Root, null, createElement(MessagePrimitive.Parts, {components: {Text}}));

function Chat() {
  const [{text, isRunning}, setState] = useState({text: '', isRunning: true});
  set = setState;
  const runtime = useExternalStoreRuntime({
    isRunning,
    messages: [
      {role: 'user', id: 'm', content: [{type: 'text', text: 'Tell me.'}]},
      {role: 'assistant', id: 'answer', content: [{type: 'text', text}]},
    ],
    convertMessage: (message) => message,
    onNew: async () => {},
  });
  return createElement(
    AssistantRuntimeProvider,
    {runtime},
    createElement(
      ThreadPrimitive.Root,
      null,
      createElement(ThreadPrimitive.Viewport, null, createElement(ThreadPrimitive.Messages, {components: {Message}})),
    ),
  );
}

window.candidate = {
  async mount() {
    await mountReact(room(), Chat);
  },
  write: (chunk) => set(({text, isRunning}) => ({text: text + chunk, isRunning})),
  end: () => set(({text}) => ({text, isRunning: false})),
};
