import {
  AssistantRuntimeProvider,
  ComposerPrimitive,
  MessagePrimitive,
  ThreadPrimitive,
  useExternalStoreRuntime,
} from '@assistant-ui/react';
import {MarkdownTextPrimitive} from '@assistant-ui/react-markdown';
import {createElement} from 'react';
import remarkGfm from 'remark-gfm';
import {mountReact} from '../mount-react.js';

const PLUGINS = [remarkGfm];
const Text = () => createElement(MarkdownTextPrimitive, {remarkPlugins: PLUGINS});
const Message = () =>
  createElement(MessagePrimitive.Root, null, createElement(MessagePrimitive.Parts, {components: {Text}}));
const MESSAGES = [{role: 'assistant', id: 'answer', content: [{type: 'text', text: '**Hello**'}]}];

function Chat() {
  const runtime = useExternalStoreRuntime({
    isRunning: false,
    messages: MESSAGES,
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
      createElement(
        ComposerPrimitive.Root,
        null,
        createElement(ComposerPrimitive.Input),
        createElement(ComposerPrimitive.Send, null, 'Send'),
      ),
    ),
  );
}

const place = document.createElement('div');
document.body.append(place);
void mountReact(place, Chat);
