import type {Entry, ListRow} from './list-view.ts';

/**
 * The rows of what is sorted already: children below their parents, in the same order among themselves. What is below a
 * collapsed one has none. Looks at each entry a few times, whatever the shape; a row that is as it was stays the same.
 */
export function layOut(
  order: readonly Entry[],
  entries: ReadonlyMap<string, Entry>,
  collapsed: ReadonlySet<string> = new Set(),
): readonly ListRow[] {
  const roots: Entry[] = [];
  const children = new Map<string, Entry[]>();
  for (const entry of order) {
    const {parent} = entry.view;
    if (parent === undefined || !entries.has(parent)) roots.push(entry);
    else if (children.get(parent)?.push(entry) === undefined) children.set(parent, [entry]);
  }
  const rows: ListRow[] = [];
  const placed = new Set<Entry>();
  const place = (root: Entry, section: ListRow['section']): void => {
    // A list of its own instead of calls: a chain of children may be as long as the list.
    const next = [{entry: root, depth: 0, isShown: true}];
    for (let at = next.pop(); at; at = next.pop()) {
      const {entry, depth, isShown} = at;
      if (placed.has(entry)) continue;
      placed.add(entry);
      const {id} = entry.view;
      const below = children.get(id) ?? [];
      const branch = below.length ? (collapsed.has(id) ? 'closed' : 'open') : undefined;
      if (isShown) rows.push((entry.row = rowOf(entry, depth, branch, depth ? undefined : section)));
      for (const child of below.toReversed()) {
        next.push({entry: child, depth: depth + 1, isShown: isShown && branch === 'open'});
      }
    }
  };
  let last: ListRow['section'];
  for (const root of roots) {
    const {section} = root.place;
    if (children.size) place(root, section === last ? undefined : section);
    else rows.push((root.row = rowOf(root, 0, undefined, section === last ? undefined : section)));
    last = section;
  }
  // A circle of parents has no root; its first member stands as one, so that none is hidden.
  if (children.size) for (const entry of order) place(entry, undefined);
  return rows;
}

function rowOf(
  {row, view: {id}}: Entry,
  depth: number,
  branch: ListRow['branch'],
  section: ListRow['section'],
): ListRow {
  if (row?.depth === depth && row.branch === branch && row.section === section) return row;
  if (!branch && !section) return {id, depth};
  return {id, depth, ...(branch && {branch}), ...(section && {section})};
}
