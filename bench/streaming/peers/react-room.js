import {createElement} from 'react';
import {flushSync} from 'react-dom';
import {createRoot} from 'react-dom/client';

/** Mounts a React component that hands out what it is written to with. */
export function mountReact(element, Component, props = {}) {
  flushSync(() => createRoot(element).render(createElement(Component, props)));
}
