import {claude} from './claude.ts';
import {codex} from './codex.ts';
import {gemini} from './gemini.ts';
import {opencode} from './opencode.ts';
import type {Preset} from './preset.ts';
import {qwen} from './qwen.ts';

/** By the id that an agent is configured with. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  [claude, codex, gemini, opencode, qwen].map((preset) => [preset.id, preset]),
);
