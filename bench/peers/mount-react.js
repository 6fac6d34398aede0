import {createElement, useEffect} from 'react';
import {createRoot} from 'react-dom/client';

/** Mounts a React component; resolves when it is on the page. */
export const mountReact = (element, Component) =>
  new Promise((resolve) => {
    function Mounted() {
      useEffect(() => resolve(), []);
      return createElement(Component);
    }
    createRoot(element).render(createElement(Mounted));
  });
