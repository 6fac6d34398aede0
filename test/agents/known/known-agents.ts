import {claude} from './claude.ts';
import {codex} from './codex.ts';
import {gemini} from './gemini.ts';
import type {KnownAgent} from './known-agent.ts';
import {opencode} from './opencode.ts';
import {qwen} from './qwen.ts';

/** Those that can be installed and tested, by the id of their preset. */
export const knownAgents: ReadonlyMap<string, KnownAgent> = new Map(
  [claude, codex, gemini, opencode, qwen].map((agent) => [agent.name, agent]),
);
