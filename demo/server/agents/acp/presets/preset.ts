import type {AcpConfig} from '../config.ts';

/** How a known agent is started, what of it is switched off, and what it does otherwise than others. */
export interface Preset
  extends
    Omit<AcpConfig, 'folders' | 'idleMs' | 'limit' | 'install' | 'process' | 'canLoad'>,
    Partial<Pick<AcpConfig, 'process' | 'canLoad'>> {
  readonly facts: Facts;
}

/** What was found when it was measured; docs/agents.md is made of it. Markdown, a sentence each. */
export interface Facts {
  /** On npm, and the version that was measured. */
  readonly package: string;
  readonly version: string;
  /** What the package asks for; without it, it brings all that it needs. */
  readonly node?: string;
  /** Installed. */
  readonly megabytes: number;
  /** Resident megabytes of one process, idle and after some turns. */
  readonly resident: readonly [number, number];
  /** Until it has answered `initialize`, on a machine with nothing else to do and on a busy one. */
  readonly startSeconds: readonly [number, number];
  /** What this server sets for it, and why. */
  readonly set: readonly string[];
  /** What the person should set, since only the agent's own files can. */
  readonly advised: readonly string[];
  readonly works: readonly string[];
  /** What it does not do, or otherwise than one would think. */
  readonly lacks: readonly string[];
}
