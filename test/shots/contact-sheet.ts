import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** `index.html`: all pictures of the folder, a line for each state. */
export function writeContactSheet(folder: string): void {
  const byState = new Map<string, string[]>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .toSorted()) {
    const state = file.replace(/\..*/, '');
    byState.set(state, [...(byState.get(state) ?? []), file]);
  }
  const lines = [...byState].map(
    ([state, files]) =>
      `<h2 id="${state}">${state}</h2>\n<p>${files
        .map(
          (file) =>
            `<a href="${file}"><img src="${file}" alt="${file}" title="${file}" loading="lazy" height="260"></a>`,
        )
        .join('\n')}</p>`,
  );
  const head =
    '<!doctype html><meta charset="utf-8"><title>Every state</title><style>body{font-family:sans-serif;background:#888}img{margin:4px}</style>';
  writeFileSync(join(folder, 'index.html'), `${head}\n${lines.join('\n')}\n`);
}
