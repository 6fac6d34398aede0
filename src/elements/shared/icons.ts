import type {TemplateResult} from 'lit';
import {drawn, firstShapes} from './first-icons.ts';

const shapes = {
  ...firstShapes,
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M16 16l4.5 4.5',
  add: 'M12 5v14M5 12h14',
  rename: 'M4.5 19.5l1-4L16 5l3 3L8.5 18.5z',
  archive: 'M4 5h16v4H4zM5.5 9v10h13V9M10 13h4',
  unarchive: 'M4 5h16v4H4zM5.5 9v10h13V9M12 17v-5M9.5 14l2.5-2.5 2.5 2.5',
  delete: 'M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5',
  chevron: 'M9 6l6 6-6 6',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 9v4.5M12 16.5v.01M12 3.5l9.5 17h-19z',
  down: 'M12 5v14M6 13l6 6 6-6',
  tool: 'M14.5 6.5a4 4 0 0 0-5 5L4 17v3h3l5.5-5.5a4 4 0 0 0 5-5L15 12l-3-3z',
  dot: 'M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8',
};

export type IconName = keyof typeof shapes;

export const icon = (name: IconName): TemplateResult => drawn(shapes[name]);
