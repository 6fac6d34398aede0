import type {AcpConfig} from '../config.ts';

/** How a known agent is started, what of it is switched off, and what it does otherwise than others. */
export type Preset = Omit<AcpConfig, 'folders' | 'idleMs' | 'limit' | 'process' | 'canLoad'> &
  Partial<Pick<AcpConfig, 'process' | 'canLoad'>>;
