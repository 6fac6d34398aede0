import type {CDPSession} from 'puppeteer-core';

interface Snapshot {
  readonly snapshot: {
    readonly meta: {readonly node_fields: readonly string[]; readonly node_types: readonly unknown[]};
  };
  readonly nodes: readonly number[];
}

/** What a browser makes of functions while they run: it grows until all has been compiled, whatever the page keeps. */
const COMPILED = ['code', 'object shape'];

/** Bytes of all that a page holds, nodes of the document among it, without what its functions were compiled to. */
export async function heldBytes(cdp: CDPSession): Promise<number> {
  const parts: string[] = [];
  const collect = ({chunk}: {chunk: string}): void => void parts.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', collect);
  await cdp.send('HeapProfiler.takeHeapSnapshot', {reportProgress: false});
  cdp.off('HeapProfiler.addHeapSnapshotChunk', collect);
  const {snapshot, nodes} = JSON.parse(parts.join('')) as Snapshot;
  const {node_fields: fields, node_types: types} = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const compiled = COMPILED.map((name) => (types[type] as readonly string[]).indexOf(name));
  if (type < 0 || size < 0 || compiled.includes(-1))
    throw new Error('the snapshot is not of the form that is read here');
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (!compiled.includes(nodes[at + type] ?? 0)) bytes += nodes[at + size] ?? 0;
  }
  return bytes;
}
