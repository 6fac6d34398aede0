import type {ModelApi, ToolUse} from '../models/api.ts';
import type {Call} from '../models/script.ts';

/** A real agent, and how it is made to speak with a scripted model. */
export interface KnownAgent {
  /** Of its preset, which says what it is in the registry. */
  readonly name: string;
  /** Where its program is, in the folder in which it was installed. */
  readonly bin: string;
  readonly api: ModelApi;
  /** What leads it to the model at `url`, and no further: files below its home, and variables of the server. */
  settings(url: string): {
    readonly files: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string>>;
  };
  /** The call of a tool as a model makes it; `file` is the absolute path of the notes. */
  use(call: Call, file: string, tools: readonly string[]): ToolUse;
  /** How it names the answers to an approval that count once. */
  readonly allow: string;
  readonly reject: string;
  /** Hosts that it asks for beside its model, and a sentence about them. */
  readonly hosts?: readonly string[];
  readonly outside?: string;
}
