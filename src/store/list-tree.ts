import type {SessionView} from '../model/project.ts';
import type {ListSection} from './list-order.ts';
import type {ListRow} from './list-view.ts';

export interface Layout {
  /** What matches, sorted. */
  readonly order: readonly SessionView[];
  has(id: string): boolean;
  sectionOf(view: SessionView): ListSection | undefined;
  /** What is below these has no rows. */
  readonly collapsed?: ReadonlySet<string> | undefined;
  /** The rows of last time. */
  readonly before?: readonly ListRow[];
}

/**
 * The rows of what is sorted already: children below their parents, in the same order among themselves. What is below a
 * collapsed one has none. Looks at each session a few times, whatever the shape; a row that is as it was, and has moved by one
 * at most, stays the same.
 */
export function layOut({order, has, sectionOf, collapsed, before = []}: Layout): readonly ListRow[] {
  const roots: SessionView[] = [];
  const children = new Map<string, SessionView[]>();
  for (const view of order) {
    const {parent} = view;
    if (parent === undefined || !has(parent)) roots.push(view);
    else if (children.get(parent)?.push(view) === undefined) children.set(parent, [view]);
  }
  const rows: ListRow[] = [];
  const add = (id: string, depth: number, branch: ListRow['branch'], section: ListRow['section']): void => {
    const at = rows.length;
    rows.push(
      same(before[at], id, depth, branch, section) ??
        same(before[at - 1], id, depth, branch, section) ??
        same(before[at + 1], id, depth, branch, section) ??
        (branch || section ? {id, depth, ...(branch && {branch}), ...(section && {section})} : {id, depth}),
    );
  };
  const placed = new Set<SessionView>();
  const place = (root: SessionView, section: ListRow['section']): void => {
    // A list of its own instead of calls: a chain of children may be as long as the list.
    const next = [{view: root, depth: 0, isShown: true}];
    for (let at = next.pop(); at; at = next.pop()) {
      const {view, depth, isShown} = at;
      if (placed.has(view)) continue;
      placed.add(view);
      const {id} = view;
      const below = children.get(id) ?? [];
      const branch = below.length ? (collapsed?.has(id) ? 'closed' : 'open') : undefined;
      if (isShown) add(id, depth, branch, depth ? undefined : section);
      for (const child of below.toReversed()) {
        next.push({view: child, depth: depth + 1, isShown: isShown && branch === 'open'});
      }
    }
  };
  let last: ListRow['section'];
  for (const root of roots) {
    const section = sectionOf(root);
    const begins = section === last ? undefined : section;
    if (children.size) place(root, begins);
    else add(root.id, 0, undefined, begins);
    last = section;
  }
  // A circle of parents has no root; its first member stands as one, so that none is hidden.
  if (children.size) for (const view of order) place(view, undefined);
  return rows;
}

const same = (
  row: ListRow | undefined,
  id: string,
  depth: number,
  branch: ListRow['branch'],
  section: ListRow['section'],
): ListRow | undefined =>
  row && row.id === id && row.depth === depth && row.branch === branch && row.section === section ? row : undefined;
